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
  | "clock"
  | "unsteady";

/** An archive that can't be written or read as asked. Troubles of the store itself are `StoreError`s. */
export class CatalogError extends Error {
  override readonly name = "CatalogError";
  readonly code: CatalogErrorCode;
  /** What the user can do about it, one line. */
  readonly hint: string;

  constructor(code: CatalogErrorCode, message: string, hint: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
    this.hint = hint;
  }
}

/** `what` says what contradicts what. */
export function invalidArchive(what: string, cause?: unknown): CatalogError {
  const hint = "This is a defect of the program that called. Please report it.";
  return new CatalogError("invalid-archive", `The archive can't be written: ${what}.`, hint, cause);
}
