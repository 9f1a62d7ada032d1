import { ArchiverError } from "@backuppc-archive-s3/archiver";
import { EncryptionError } from "@backuppc-archive-s3/gpg";
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

/** By code of an error: what is not here is a failure like any other. */
const STATUSES: Readonly<Record<string, number>> = {
  usage: EXIT_STATUS.usage,
  "not-restorable": EXIT_STATUS.usage,
  interrupted: EXIT_STATUS.interrupted,
  locked: EXIT_STATUS.locked,
  "folder-untrusted": EXIT_STATUS.usage,
  "compression-name": EXIT_STATUS.usage,
  "signing-key": EXIT_STATUS.encryption,
};

export function exitStatusOf(error: unknown): number {
  if (error instanceof SettingsError) {
    return error.code === "passphrase" ? EXIT_STATUS.encryption : EXIT_STATUS.usage;
  }
  if (error instanceof EncryptionError) return EXIT_STATUS.encryption;
  if (error instanceof ArchiveError || error instanceof ArchiverError)
    return STATUSES[error.code] ?? EXIT_STATUS.failed;
  return EXIT_STATUS.failed;
}
