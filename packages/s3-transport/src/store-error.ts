/** What went wrong, in the few kinds that callers tell apart. */
export type StoreErrorCode =
  | "not-found"
  | "no-bucket"
  | "exists"
  | "denied"
  | "bad-credentials"
  | "expired-credentials"
  | "clock"
  | "corrupted"
  | "unconfirmed"
  | "throttled"
  | "unreachable"
  | "stalled"
  /** The store or the line to it, for as long as the caller had patience. */
  | "away"
  | "not-implemented"
  | "refused"
  /** The call itself is wrong: nothing was asked of the store. */
  | "invalid-input";

/** A call to the store that failed: one line for the user, a remedy, and whether trying again can help. */
export class StoreError extends Error {
  override readonly name = "StoreError";
  readonly code: StoreErrorCode;
  /** What the user can do about it, one line. */
  readonly hint: string;
  /** True where trying the same again cannot help. */
  readonly permanent: boolean;
  /** Whether the store said that it did not do it. Without that it may have done it all the same. */
  readonly answered: boolean;
  /** Milliseconds that the store asks to wait before the next try. */
  readonly retryAfterMs: number | undefined;
  /** HTTP's, of the store's answer; undefined where none came, or none of a store. */
  readonly status: number | undefined;
  /** By which the store's operator finds the request (`x-amz-request-id`), where the answer had one. */
  readonly requestId: string | undefined;

  constructor(
    code: StoreErrorCode,
    message: string,
    details: {
      hint: string;
      permanent: boolean;
      answered?: boolean;
      retryAfterMs?: number;
      status?: number | undefined;
      requestId?: string | undefined;
      cause?: unknown;
    },
  ) {
    super(message, { cause: details.cause });
    this.code = code;
    this.hint = details.hint;
    this.permanent = details.permanent;
    this.answered = details.answered ?? true;
    this.retryAfterMs = details.retryAfterMs;
    this.status = details.status;
    this.requestId = details.requestId;
  }
}
