import { SealError } from "@backuppc-archive-s3/gpg";
import { SettingsError } from "@backuppc-archive-s3/settings";
import { ArchiveError } from "./archive-error.ts";

/** What archive-host ends with; BackupPC takes all but 0 as failed. */
export const EXIT_STATUS = {
  archived: 0,
  failed: 1,
  usage: 2,
  sourceErrors: 3,
  locked: 11,
  encryption: 12,
  interrupted: 130,
} as const;

export function exitStatusOf(error: unknown): number {
  if (error instanceof SettingsError) {
    return error.code === "passphrase" ? EXIT_STATUS.encryption : EXIT_STATUS.usage;
  }
  if (error instanceof SealError) return EXIT_STATUS.encryption;
  if (error instanceof ArchiveError) {
    if (error.code === "usage") return EXIT_STATUS.usage;
    if (error.code === "locked") return EXIT_STATUS.locked;
    if (error.code === "interrupted") return EXIT_STATUS.interrupted;
  }
  return EXIT_STATUS.failed;
}
