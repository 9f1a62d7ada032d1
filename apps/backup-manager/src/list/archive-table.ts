import type { ArchiveStatus, ArchiveSummary } from "@backuppc-archive-s3/backup-catalog";
import { formatBytes } from "@backuppc-archive-s3/settings";
import { isLegacy } from "../legacy/is-legacy.ts";
import { age } from "../text/age.ts";
import { count } from "../text/count.ts";
import { printable } from "../text/printable.ts";
import { type Column, table } from "../text/table.ts";

/** The archives as people read them: a line each, and a line of totals. */
export function archiveTable(archives: readonly ArchiveSummary[], now: Date): string {
  const rows = archives.map((archive) => {
    const { id, started, finished, chunks, storedBytes } = archive;
    return [
      printable(id.host),
      String(id.number),
      age(finished ?? started, now),
      chunks === undefined ? "-" : String(chunks),
      storedBytes === undefined ? "-" : formatBytes(storedBytes),
      uploadedOf(archive),
      statusOf(archive),
    ];
  });
  return `${table(COLUMNS, rows)}${totals(archives)}\n`;
}

const COLUMNS: readonly Column[] = [
  { title: "Hostname", align: "left" },
  { title: "Backup number", align: "right" },
  { title: "Age", align: "right" },
  { title: "Chunks", align: "right" },
  { title: "Size", align: "right" },
  { title: "New", align: "right" },
  { title: "Status", align: "left" },
];

/** The rest of its chunks were uploaded by earlier archives. */
function uploadedOf({ newChunks, newBytes }: ArchiveSummary): string {
  if (newChunks === undefined || newBytes === undefined) return "-";
  return `${newChunks}, ${formatBytes(newBytes)}`;
}

function statusOf({ id, status, ambiguous }: ArchiveSummary): string {
  if (ambiguous) return "two markers !";
  return isLegacy(id) ? `${SHOWN[status]} (unsigned)` : SHOWN[status];
}

const SHOWN: Readonly<Record<ArchiveStatus, string>> = {
  complete: "complete",
  partial: "partial !",
  incomplete: "incomplete *",
};

/** Sizes do not add up: archives share chunks. What each uploaded does. */
function totals(archives: readonly ArchiveSummary[]): string {
  const hosts = new Set(archives.map(({ id }) => id.host)).size;
  const bytes = archives.reduce((sum, each) => sum + (each.newBytes ?? legacyBytes(each)), 0);
  return `${count(archives.length, "archive")} of ${count(hosts, "host")}, ${formatBytes(bytes)} uploaded`;
}

function legacyBytes({ id, storedBytes = 0 }: ArchiveSummary): number {
  return isLegacy(id) ? storedBytes : 0;
}
