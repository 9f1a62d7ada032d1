import { ManagerError, type ManagerErrorCode } from "./manager-error.ts";
import type { Outcome } from "./outcome.ts";

/** What backup-manager ends with; what it does not know has failed. */
const EXIT_STATUS = {
  done: 0,
  failed: 1,
  usage: 2,
  nothingMatched: 4,
  noSuchArchive: 10,
  damaged: 13,
  interrupted: 130,
} as const;

const OF_OUTCOME: Readonly<Record<Outcome, number>> = {
  done: EXIT_STATUS.done,
  failed: EXIT_STATUS.failed,
  "nothing-matched": EXIT_STATUS.nothingMatched,
  damaged: EXIT_STATUS.damaged,
};

const OF_MANAGER: Readonly<Record<ManagerErrorCode, number>> = {
  usage: EXIT_STATUS.usage,
  "no-such-host": EXIT_STATUS.noSuchArchive,
  "no-such-archive": EXIT_STATUS.noSuchArchive,
  "no-such-member": EXIT_STATUS.nothingMatched,
  "probe-failed": EXIT_STATUS.failed,
  "output-failed": EXIT_STATUS.failed,
  "backuppc-failed": EXIT_STATUS.failed,
  "backuppc-user": EXIT_STATUS.failed,
  "cannot-run": EXIT_STATUS.failed,
  "cannot-decrypt": EXIT_STATUS.failed,
  "signer-key": EXIT_STATUS.usage,
  unverified: EXIT_STATUS.failed,
  "old-index": EXIT_STATUS.failed,
  "cannot-drill": EXIT_STATUS.usage,
  "no-passphrase": EXIT_STATUS.usage,
  interrupted: EXIT_STATUS.interrupted,
};

export function exitStatusOf(outcome: Outcome): number {
  return OF_OUTCOME[outcome];
}

export async function exitStatusOfError(error: unknown): Promise<number> {
  if (error instanceof ManagerError) return OF_MANAGER[error.code];
  // Who has mistyped a word need not wait for them to be loaded.
  const { CatalogError } = await import("@backuppc-archive-s3/backup-catalog");
  const { SettingsError } = await import("@backuppc-archive-s3/settings");
  if (error instanceof SettingsError) return EXIT_STATUS.usage;
  if (error instanceof CatalogError && error.code === "not-found") return EXIT_STATUS.noSuchArchive;
  if (error instanceof CatalogError && error.code === "damaged") return EXIT_STATUS.damaged;
  if (error instanceof CatalogError && error.code === "invalid-policy") return EXIT_STATUS.usage;
  return EXIT_STATUS.failed;
}
