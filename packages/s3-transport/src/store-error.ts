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

/**
 * Which of the causes of a code it was, where each wants another remedy.
 *
 * - `store-fault`: the store answers that it cannot now
 * - `certificate-untrusted`, `certificate-dates`, `certificate-name`, `no-tls`: what answers cannot be believed
 * - `proxy-unreachable`, `proxy-refused`, `proxy-unauthorized`: the proxy, not the store
 * - `other-region`, `other-place`: the bucket is elsewhere, as the message says
 * - `storage-class`: the store has no such class; `cold`: the object has to be restored from its class first
 * - `full`: a quota or a cap is used up; `suspended`: the store's user
 * - `account`: the store does not serve it, unpaid perhaps
 * - `object-lock`: the bucket locks by itself and wants a checksum; `no-object-lock`: it was made without
 * - `kms-key`: the key that the store encrypts with may not be used, or is not there
 * - `no-length`, `too-large`: of a body, to the store or to a proxy
 * - `secret-key`, `no-credentials`, `dead-urls`: of credentials; the last have expired, and so would what they sign
 * - `odd-answer`: a status without a name that S3 knows
 * - `perhaps-ours`: an earlier try had no answer, and may have stored what `exists`
 */
export type StoreErrorReason =
  | "store-fault"
  | "certificate-untrusted"
  | "certificate-dates"
  | "certificate-name"
  | "no-tls"
  | "proxy-unreachable"
  | "proxy-refused"
  | "proxy-unauthorized"
  | "other-region"
  | "other-place"
  | "storage-class"
  | "cold"
  | "full"
  | "suspended"
  | "account"
  | "object-lock"
  | "no-object-lock"
  | "kms-key"
  | "no-length"
  | "too-large"
  | "secret-key"
  | "no-credentials"
  | "dead-urls"
  | "odd-answer"
  | "perhaps-ours";

/** A call to the store that failed: one line for the user, and whether trying again can help. */
export class StoreError extends Error {
  override readonly name = "StoreError";
  readonly code: StoreErrorCode;
  /** Undefined where the code says all. */
  readonly reason: StoreErrorReason | undefined;
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
      permanent: boolean;
      reason?: StoreErrorReason | undefined;
      answered?: boolean;
      retryAfterMs?: number;
      status?: number | undefined;
      requestId?: string | undefined;
      cause?: unknown;
    },
  ) {
    super(message, { cause: details.cause });
    this.code = code;
    this.reason = details.reason;
    this.permanent = details.permanent;
    this.answered = details.answered ?? true;
    this.retryAfterMs = details.retryAfterMs;
    this.status = details.status;
    this.requestId = details.requestId;
  }
}
