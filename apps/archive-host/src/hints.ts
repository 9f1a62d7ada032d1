import { ArchiverError, type ArchiverErrorCode } from "@backuppc-archive-s3/archiver";
import { ProcessError } from "@backuppc-archive-s3/process";
import { StoreError } from "@backuppc-archive-s3/s3-transport";

const DESTINATION =
  "$Conf{ArchiveDest} must be a folder that the backuppc user can write to, with room in it.";

/** What the user can do about an error of the engine, which knows nothing of BackupPC. */
const HINTS: Readonly<Record<ArchiverErrorCode, string>> = {
  "folder-untrusted":
    "Make $Conf{ArchiveDest} a folder of the backuppc user that only this user can write to (chmod go-w).",
  "folder-unusable": DESTINATION,
  locked: "Wait until it has ended, or cancel it in BackupPC.",
  "lock-failed":
    "Install flock(1) (package util-linux), and use a file system that supports locks.",
  "signing-key":
    "Restore the file from a copy, or remove it: then a new key is made, and everything is uploaded anew.",
  "compression-name": "Give it a name of letters, digits, dots, dashes, pluses and underscores.",
  compression: "Check $Conf{ArchiveComp}, or `compression` in the configuration.",
  "too-long": "Archive again: what is stored already is not sent again.",
  "no-clock": "Check what is between this machine and the store: answers of S3 have a date.",
  "no-tar": "Check BackupPC's log of this host and archive again.",
  "bad-index": "Report it with this line.",
  "invalid-input": "Report it with this line.",
};

/** Of what programs are started for, only the pipe is not the engine's. */
const PIPE =
  "mkfifo(1) must be installed, and $Conf{ArchiveDest} on a file system that has named pipes.";

const REUSED = "The next archive of the host does not upload again what this one has stored.";

/** The hint that an error has, or that this program knows for it. */
export function hintOf(error: Error): string | undefined {
  if (error instanceof ArchiverError) return HINTS[error.code];
  if (error instanceof ProcessError) return PIPE;
  if (error instanceof StoreError && error.code === "away") return `${error.hint} ${REUSED}`;
  return "hint" in error && typeof error.hint === "string" ? error.hint : undefined;
}
