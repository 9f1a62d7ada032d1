import { CatalogError } from "../catalog-error.ts";

/** `what` says what contradicts what. */
export function invalidArchive(what: string, cause?: unknown): CatalogError {
  const hint = "This is a defect of the program that called. Please report it.";
  return new CatalogError("invalid-archive", `The archive can't be written: ${what}.`, hint, cause);
}
