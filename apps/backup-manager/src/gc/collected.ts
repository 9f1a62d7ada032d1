import type { DeleteOutcome, Garbage } from "@backuppc-archive-s3/backup-catalog";

/** What was garbage, and what was done to it. */
export interface Collected {
  readonly garbage: Garbage;
  /** Undefined with --test, and where it was found to live. */
  readonly outcome: DeleteOutcome | undefined;
}
