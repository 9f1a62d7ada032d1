/** What became of a host in a run. */
export interface RunResult {
  readonly host: string;
  /** BackupPC's backup number; undefined where there is no backup. */
  readonly number: number | undefined;
  readonly result: "archived" | "partial" | "failed" | "skipped" | "planned";
  /** Whether nobody need look at it. */
  readonly isWell: boolean;
  /** Why, in words; BackupPC's error where one was the cause. */
  readonly message: string;
}
