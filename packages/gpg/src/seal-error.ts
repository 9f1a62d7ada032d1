export type SealErrorCode =
  | "empty-passphrase"
  | "no-recipient"
  | "key-file"
  | "key-unusable"
  | "encryption-failed"
  | "worker-lost"
  | "closed";

/** A message that could not be sealed, or whose recipients are in doubt; what was written of it is worthless. */
export class SealError extends Error {
  override readonly name = "SealError";
  readonly code: SealErrorCode;
  /** What the user can do about it, one line. */
  readonly hint: string;

  constructor(code: SealErrorCode, message: string, hint: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
    this.hint = hint;
  }
}
