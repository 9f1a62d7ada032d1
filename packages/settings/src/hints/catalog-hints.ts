import type { CatalogError } from "@backuppc-archive-s3/backup-catalog";
import type { RestoreScriptError } from "@backuppc-archive-s3/restore-script";
import type { HintsFor } from "./hints-for.ts";

export const CATALOG_HINTS = {
  "invalid-archive": "This is a defect of the program that called. Please report it.",
  "host-name": "Rename the host in BackupPC.",
  "too-large": "Choose a larger `chunkSize`.",
  "too-late": "Archive the backup again. The chunks that are stored are reused.",
  "attempt-taken": "Archive the backup again: a new run makes a new attempt.",

  "not-found": "It was deleted. `list` shows which archives there are.",
  record: "The archive is incomplete or was deleted. `list` shows which archives there are.",
  "newer-format": "Use a newer release of backuppc-archive-s3.",
  damaged: "Restore another archive.",
  "member-index": "Run the restore script with --without-index.",
  refused:
    "If the archive is yours, allow it in the configuration: `encryption`, `recipients` or `filters`.",

  "may-be-running": "gc removes it after that.",
  held: "Delete it after that.",
  "no-versions": "Report it with this line.",
  "invalid-policy": "Give an age in days, or how many days, weeks, months or years to keep.",

  "invalid-input": "Report it with this line.",
  clock: "Check that no proxy removes the `Date` header.",
  unsteady: "Run it again, and check for a proxy before the store.",
  shrinking: "Run it again when nothing else deletes, and check for a proxy before the store.",
} satisfies HintsFor<CatalogError>;

export const SCRIPT_HINTS = {
  "bad-input": "Report it with this line.",
  "no-chunks": "Choose another archive of the host.",
  "bad-chunk": "Check the archive's manifest.",
  "bad-decompressor":
    "Check the archive's head; if the archive is yours, allow the program in the configuration (filters).",
  "bad-index": "Write a script of the whole archive.",
  "bad-data-key": "Check the archive's KEY object.",
} satisfies HintsFor<RestoreScriptError>;
