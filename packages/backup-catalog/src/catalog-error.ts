/**
 * What was wrong with an archive, in the kinds that callers distinguish.
 *
 * - `invalid-archive`: what was to be written is no archive: a defect of the caller, or a host's name
 * - `too-large`: more chunks, or a longer record, than a reader would accept
 * - `too-late`: the run has taken so long that its chunks may be gone
 * - `attempt-taken`: the attempt has a record of another run
 * - `not-found`: the archive, or a record of it, is not in the store
 * - `newer-format`: written by a newer release
 * - `damaged`: a record or chunk is not what was stored, or does not agree with another
 * - `refused`: the archive contradicts the configuration: see `Trust`
 * - `may-be-running`: an attempt without a marker is younger than the longest run
 * - `held`: its head is lost, so nobody knows which chunks runs may still reuse
 * - `no-versions`: the versions of this store are not known
 * - `invalid-policy`: a retention policy that nobody can mean
 * - `invalid-input`: a call that nobody can mean
 * - `clock`: the store has not given the time
 * - `unsteady`: lists of the same keys show others each time
 */
export type CatalogErrorCode =
  | "invalid-archive"
  | "too-large"
  | "too-late"
  | "attempt-taken"
  | "not-found"
  | "newer-format"
  | "damaged"
  | "refused"
  | "may-be-running"
  | "held"
  | "no-versions"
  | "invalid-policy"
  | "invalid-input"
  | "clock"
  | "unsteady";

/**
 * Which of the causes of a code it was, where each wants another remedy.
 *
 * - `host-name`: an archive is invalid by its host's name
 * - `record`: not the archive was not found, but one of its records or chunks
 * - `member-index`: nothing but the member index is damaged
 * - `shrinking`: lists are unsteady since each lacks some of the one before
 */
export type CatalogErrorReason = "host-name" | "record" | "member-index" | "shrinking";

/** An archive that can't be written or read as asked. Troubles of the store itself are `StoreError`s. */
export class CatalogError extends Error {
  override readonly name = "CatalogError";
  readonly code: CatalogErrorCode;
  /** Undefined where the code says all. */
  readonly reason: CatalogErrorReason | undefined;

  constructor(
    code: CatalogErrorCode,
    message: string,
    details: { reason?: CatalogErrorReason; cause?: unknown } = {},
  ) {
    super(message, { cause: details.cause });
    this.code = code;
    this.reason = details.reason;
  }
}

/** `what` says what contradicts what. */
export function invalidArchive(what: string, cause?: unknown): CatalogError {
  return new CatalogError("invalid-archive", `The archive can't be written: ${what}.`, { cause });
}
