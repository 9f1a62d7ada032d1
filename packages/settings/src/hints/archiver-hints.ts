import type { ArchiverError } from "@backuppc-archive-s3/archiver";
import type { CutError } from "@backuppc-archive-s3/chunk-splitter";
import type { ProcessError } from "@backuppc-archive-s3/process";
import type { HintsFor } from "./hints-for.ts";

const REPORT = "Report it with this line.";
const COMPRESSION = "Check $Conf{ArchiveComp}, or `compression` in the configuration.";

export const ARCHIVER_HINTS = {
  "folder-untrusted":
    "Make $Conf{ArchiveDest} a folder of the backuppc user that only this user can write to (chmod go-w).",
  "folder-unusable":
    "$Conf{ArchiveDest} must be a folder that the backuppc user can write to, with room in it.",
  locked: "Wait until it has ended, or cancel it in BackupPC.",
  "lock-failed":
    "Install flock(1) (package util-linux), and use a file system that supports locks.",
  "signing-key":
    "Restore the file from a copy, or remove it: then a new key is made, and everything is uploaded anew.",
  "compression-name": "Give it a name of letters, digits, dots, dashes, pluses and underscores.",
  compression: COMPRESSION,
  "too-long": "Archive again: what is stored already is not sent again.",
  "no-clock": "Check what is between this machine and the store: answers of S3 have a date.",
  "no-tar": "Check BackupPC's log of this host and archive again.",
  "bad-index": REPORT,
  "invalid-input": REPORT,
} satisfies HintsFor<ArchiverError>;

export const CUT_HINTS = { "invalid-input": REPORT } satisfies HintsFor<CutError>;

export const PROCESS_HINTS = {
  "no-pipe":
    "mkfifo(1) must be installed, and $Conf{ArchiveDest} on a file system that has named pipes.",
  "not-started": "Install it, or check what the machine is short of.",
  failed: COMPRESSION,
  "left-early": COMPRESSION,
} satisfies HintsFor<ProcessError>;
