import type { ArchiverError } from "@backuppc-archive-s3/archiver";
import type { CatalogError } from "@backuppc-archive-s3/backup-catalog";
import type { CutError } from "@backuppc-archive-s3/chunk-splitter";
import type { EncryptionError } from "@backuppc-archive-s3/gpg";
import type { ProcessError } from "@backuppc-archive-s3/process";
import type { RestoreScriptError } from "@backuppc-archive-s3/restore-script";
import type { StoreError } from "@backuppc-archive-s3/s3-transport";
import { ARCHIVER_HINTS, CUT_HINTS, PROCESS_HINTS } from "./archiver-hints.ts";
import { CATALOG_HINTS, SCRIPT_HINTS } from "./catalog-hints.ts";
import { ENCRYPTION_HINTS } from "./encryption-hints.ts";
import { STORE_HINTS } from "./store-hints.ts";

type PackageError =
  | ArchiverError
  | CatalogError
  | CutError
  | EncryptionError
  | ProcessError
  | RestoreScriptError
  | StoreError;

/** By the error's name: asking for its class would load its package. */
const HINTS = {
  ArchiverError: ARCHIVER_HINTS,
  CatalogError: CATALOG_HINTS,
  CutError: CUT_HINTS,
  EncryptionError: ENCRYPTION_HINTS,
  ProcessError: PROCESS_HINTS,
  RestoreScriptError: SCRIPT_HINTS,
  StoreError: STORE_HINTS,
} satisfies Record<PackageError["name"], object>;

/**
 * What the user can do about an error, one line. The packages know nothing of the configuration: for their errors it is here,
 * by code or, where the error has one, by reason. Errors of the programs have their own.
 */
export function hintOf(error: Error): string | undefined {
  if (!isOfPackage(error))
    return "hint" in error && typeof error.hint === "string" ? error.hint : undefined;
  // For how long matters less than why.
  if (error.code === "away" && error.cause instanceof Error) return hintOf(error.cause);
  const hints: Readonly<Record<string, string>> = HINTS[error.name];
  const reason = "reason" in error ? error.reason : undefined;
  return hints[reason ?? error.code];
}

function isOfPackage(error: Error): error is PackageError {
  return Object.hasOwn(HINTS, error.name);
}
