import { CatalogError } from "@backuppc-archive-s3/backup-catalog";
import { SettingsError } from "@backuppc-archive-s3/settings";
import { ManagerError, type ManagerErrorCode } from "./manager-error.ts";

/** What backup-manager ends with, if not with 0; what it does not know has failed. */
const EXIT_STATUS = {
  failed: 1,
  usage: 2,
  noSuchArchive: 10,
  damaged: 13,
} as const;

const OF_MANAGER: Readonly<Record<ManagerErrorCode, number>> = {
  usage: EXIT_STATUS.usage,
  "no-such-host": EXIT_STATUS.noSuchArchive,
  "no-such-archive": EXIT_STATUS.noSuchArchive,
  "probe-failed": EXIT_STATUS.failed,
  "output-failed": EXIT_STATUS.failed,
};

export function exitStatusOf(error: unknown): number {
  if (error instanceof ManagerError) return OF_MANAGER[error.code];
  if (error instanceof SettingsError) return EXIT_STATUS.usage;
  if (error instanceof CatalogError && error.code === "not-found") return EXIT_STATUS.noSuchArchive;
  if (error instanceof CatalogError && error.code === "damaged") return EXIT_STATUS.damaged;
  return EXIT_STATUS.failed;
}
