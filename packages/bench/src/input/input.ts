/** A backup, as all contenders are given it. */
export interface Input {
  /** A program that answers like BackupPC_tarCreate, whatever it is asked for. */
  readonly tarCreate: string;
  /** What the tar was made of, for those that read a folder. */
  readonly tree: string;
  /** Of the tar. */
  readonly bytes: number;
}
