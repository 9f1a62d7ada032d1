import { formatBytes } from "@backuppc-archive-s3/settings";
import { localTime } from "../text/local-time.ts";
import { printable } from "../text/printable.ts";
import { sheet } from "../text/sheet.ts";
import type { ShownArchive } from "./show-json.ts";

/** One archive as people read it: a line for each thing known. */
export function archiveSheet(archive: ShownArchive, otherAttempts: readonly string[]): string {
  const { host, number, attempt, status, started, finished, tool } = archive;
  return sheet([
    ["Host", printable(host)],
    ["Backup number", String(number)],
    ["Backup", backupOf(archive)],
    ["Attempt", attempt],
    ["Status", STATUS[status]],
    ["Started", localTime(new Date(started))],
    ["Finished", finished === null ? undefined : localTime(new Date(finished))],
    ["Tar", bytesOf(archive.tarBytes)],
    ["Stored", storedOf(archive)],
    ["Compression", archive.compression ?? undefined],
    ["Encryption", encryptionOf(archive)],
    ["Source errors", archive.sourceErrors === null ? undefined : String(archive.sourceErrors)],
    ["Written by", tool === null ? undefined : printable(tool)],
    ["Other attempts", otherAttempts.join(", ") || undefined],
  ]);
}

const STATUS: Readonly<Record<ShownArchive["status"], string>> = {
  complete: "complete",
  partial: "partial: BackupPC could not read all of that backup when it was archived",
  unfinalized: "unfinalized: it is being written, or its run failed",
};

function backupOf({ backup }: ShownArchive): string | undefined {
  return backup === null
    ? undefined
    : `${printable(backup.type)}, of ${localTime(new Date(backup.started))}`;
}

function bytesOf(bytes: number | null): string | undefined {
  return bytes === null ? undefined : formatBytes(bytes);
}

function storedOf({ storedBytes, chunks, tarBytes }: ShownArchive): string | undefined {
  if (storedBytes === null) return undefined;
  const share = tarBytes ? `, ${Math.round((100 * storedBytes) / tarBytes)} % of the tar` : "";
  return `${formatBytes(storedBytes)} in ${chunks} chunk${chunks === 1 ? "" : "s"}${share}`;
}

function encryptionOf({ status, encryption }: ShownArchive): string | undefined {
  if (status === "unfinalized") return undefined;
  if (encryption === null) return "none: anyone who reads the store reads the backup";
  const openedBy = [
    ...(encryption.passphrase ? ["passphrase"] : []),
    ...encryption.recipients.map((fingerprint) => `key ${fingerprint}`),
  ];
  return openedBy.join(" or ");
}
