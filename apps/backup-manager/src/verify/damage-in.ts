import { CatalogError, type Finding } from "@backuppc-archive-s3/backup-catalog";
import { StoreError } from "@backuppc-archive-s3/s3-transport";
import { ProgramFailure } from "../program/through-program.ts";

/** An error that is the archive's fault, as a finding; any other is thrown on. */
export function damageIn(key: string, error: unknown): Finding {
  if (isAbsence(error)) return { kind: "missing", key };
  const isDamage = error instanceof CatalogError && error.code === "damaged";
  if (isDamage || error instanceof ProgramFailure)
    return { kind: "damaged", key, reason: error.message };
  throw error;
}

function isAbsence(error: unknown): boolean {
  const isError = error instanceof StoreError || error instanceof CatalogError;
  return isError && error.code === "not-found";
}
