/** What went wrong, in the few kinds that callers tell apart. */
export type StoreErrorCode =
  | "not-found"
  | "no-bucket"
  | "exists"
  | "denied"
  | "bad-credentials"
  | "clock"
  | "corrupted"
  | "throttled"
  | "unreachable"
  | "stalled"
  | "refused";

/** A call to the store that failed: one line for the user, a remedy, and whether trying again can help. */
export class StoreError extends Error {
  override readonly name = "StoreError";
  readonly code: StoreErrorCode;
  /** What the user can do about it, one line. */
  readonly hint: string;
  /** True where trying the same again cannot help. */
  readonly permanent: boolean;

  constructor(
    code: StoreErrorCode,
    message: string,
    details: { hint: string; permanent: boolean; cause?: unknown },
  ) {
    super(message, { cause: details.cause });
    this.code = code;
    this.hint = details.hint;
    this.permanent = details.permanent;
  }
}
