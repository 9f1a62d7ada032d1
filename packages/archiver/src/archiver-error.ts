/**
 * Why an archive was not made, or its member index not read.
 *
 * - `folder-untrusted`: others than this user may write to the working folder
 * - `folder-unusable`: it can't be made, read or written, or a file in it is none of ours
 * - `locked`: another run of the same host holds the lock
 * - `lock-failed`: nobody could take it
 * - `signing-key`: the key in the working folder can't be used
 * - `compression-name`: no restore script could run a program of this name
 * - `compression`: the compression's program failed
 * - `too-long`: the run has taken longer than chunks are held for it
 * - `no-clock`: the store does not say what time it is
 * - `no-tar`: the stream is no tar, or a tar without its end
 * - `bad-index`: a line is none of a member index
 * - `invalid-input`: a wrong argument
 */
export type ArchiverErrorCode =
  | "folder-untrusted"
  | "folder-unusable"
  | "locked"
  | "lock-failed"
  | "signing-key"
  | "compression-name"
  | "compression"
  | "too-long"
  | "no-clock"
  | "no-tar"
  | "bad-index"
  | "invalid-input";

/** An archive that was not made: one line. What to do about it depends on the program, and is said there. */
export class ArchiverError extends Error {
  override readonly name = "ArchiverError";
  readonly code: ArchiverErrorCode;

  constructor(code: ArchiverErrorCode, message: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
  }
}
