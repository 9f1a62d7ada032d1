export type ArchiveErrorCode =
  | "usage"
  /** Nothing would undo the compression: readers run no program that the configuration does not name. */
  | "not-restorable"
  | "tar-create-failed"
  | "tar-create-incomplete"
  | "tar-cut"
  | "empty-archive"
  | "files-missing"
  | "interrupted";

/** An archive that was not made, or not whole: one line for BackupPC's log and a remedy. */
export class ArchiveError extends Error {
  override readonly name = "ArchiveError";
  readonly code: ArchiveErrorCode;
  /** What the user can do about it, one line. */
  readonly hint: string;

  constructor(code: ArchiveErrorCode, message: string, hint: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
    this.hint = hint;
  }
}
