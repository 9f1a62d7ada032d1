import type { ArchiveStatus, ArchiveSummary } from "@backuppc-archive-s3/backup-catalog";
import { formatBytes } from "@backuppc-archive-s3/settings";
import { age } from "../text/age.ts";
import { count } from "../text/count.ts";
import { printable } from "../text/printable.ts";
import { type Column, table } from "../text/table.ts";

/** The archives as people read them: a line each, and a line of totals. */
export function archiveTable(archives: readonly ArchiveSummary[], now: Date): string {
  const rows = archives.map(({ id, status, started, finished, chunks, storedBytes }) => [
    printable(id.host),
    String(id.number),
    age(finished ?? started, now),
    chunks === undefined ? "-" : String(chunks),
    storedBytes === undefined ? "-" : formatBytes(storedBytes),
    SHOWN[status],
  ]);
  return `${table(COLUMNS, rows)}${totals(archives)}\n`;
}

const COLUMNS: readonly Column[] = [
  { title: "Hostname", align: "left" },
  { title: "Backup number", align: "right" },
  { title: "Age", align: "right" },
  { title: "Chunks", align: "right" },
  { title: "Size", align: "right" },
  { title: "Status", align: "left" },
];

const SHOWN: Readonly<Record<ArchiveStatus, string>> = {
  complete: "complete",
  partial: "partial !",
  unfinalized: "unfinalized *",
};

function totals(archives: readonly ArchiveSummary[]): string {
  const hosts = new Set(archives.map(({ id }) => id.host)).size;
  const bytes = archives.reduce((sum, { storedBytes = 0 }) => sum + storedBytes, 0);
  const counted = [count(archives.length, "archive"), count(hosts, "host"), formatBytes(bytes)];
  return `${counted[0]} of ${counted[1]}, ${counted[2]}`;
}
