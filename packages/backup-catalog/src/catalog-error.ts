/** What was wrong with an archive, in the kinds that callers tell apart. */
export type CatalogErrorCode =
  | "invalid-archive"
  | "attempt-taken"
  | "not-found"
  | "newer-format"
  | "damaged"
  | "no-versions"
  | "invalid-policy"
  | "clock";

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
