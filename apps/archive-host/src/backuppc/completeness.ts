import type { TarCount } from "@backuppc-archive-s3/chunk-splitter";
import { ArchiveError } from "../archive-error.ts";
import type { BackupRecord } from "./parse-backups.ts";

/** Files that may be missing in any archive: BackupPC's record counts sockets, a tar never holds them. */
const SOCKETS = 16;
/** Part of the files, and of their bytes, that may be missing before the archive counts as cut. */
const TOLERATED = 0.01;

/**
 * Holds the tar against BackupPC's own record of the backup: where a folder's
 * attributes or a part of the pool are gone, BackupPC_tarCreate leaves them out
 * and counts no error.
 *
 * @param record undefined where it can't be read, or lists more than was asked for
 * @returns a warning, one line, or undefined
 * @throws {ArchiveError} code `tar-cut`, `empty-archive` or `files-missing`
 */
export function checkCompleteness(
  count: TarCount,
  record: BackupRecord | undefined,
): string | undefined {
  if (count.damagedAt !== undefined) throw cut(`is no tar from byte ${count.damagedAt} on`);
  if (!count.ended) throw cut("has no end-of-archive");
  if (record === undefined) return undefined;
  const missing = record.files - count.files;
  if (count.files === 0 && record.files > 0) throw empty(record);
  if (missing <= 0) return undefined;
  const few = missing <= Math.max(SOCKETS, record.files * TOLERATED);
  if (!few || bytesMissing(count, record)) throw filesMissing(missing, record);
  return `warning: ${notInTar(missing, record)}; sockets never are.`;
}

/** The record's size holds a hard link's file each time, so it says nothing where there are some. */
function bytesMissing(count: TarCount, record: BackupRecord): boolean {
  return count.hardLinks === 0 && count.bytes < record.size * (1 - TOLERATED);
}

function cut(how: string): ArchiveError {
  return new ArchiveError(
    "tar-cut",
    `What BackupPC_tarCreate wrote ${how}.`,
    "Check BackupPC's log of this host and archive again.",
  );
}

function empty({ files }: BackupRecord): ArchiveError {
  return new ArchiveError(
    "empty-archive",
    `BackupPC_tarCreate gave no file at all, and BackupPC's record has ${files}.`,
    "Check that the backup is still there in BackupPC.",
  );
}

function filesMissing(missing: number, record: BackupRecord): ArchiveError {
  return new ArchiveError(
    "files-missing",
    `${notInTar(missing, record)}.`,
    "The backup in BackupPC may be damaged: archive another one, and run BackupPC_fsck.",
  );
}

function notInTar(missing: number, { files }: BackupRecord): string {
  return `${missing} of the ${files} files in BackupPC's record ${missing === 1 ? "is" : "are"} not in the tar`;
}
