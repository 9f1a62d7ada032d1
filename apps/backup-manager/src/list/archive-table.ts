import type { ArchiveStatus, ArchiveSummary } from "@backuppc-archive-s3/backup-catalog";
import { formatBytes } from "@backuppc-archive-s3/settings";
import { isLegacy } from "../legacy/legacy-bucket-site.ts";
import type { KeptDrills } from "../json/last-drill.ts";
import { age } from "../text/age.ts";
import { count } from "../text/count.ts";
import { printable } from "../text/printable.ts";
import { type Column, table } from "../text/table.ts";
import { archivesOfHosts } from "./archives-of-hosts.ts";

/**
 * The archives as people read them: a line each, and a line of totals.
 *
 * @param drills of hosts; the last one of each stands beside its newest archive, if any host has had one
 */
export function archiveTable(
  archives: readonly ArchiveSummary[],
  now: Date,
  drills: ReadonlyMap<string, KeptDrills> = new Map(),
): string {
  const newest = new Map([...archivesOfHosts(archives)].map(([host, of]) => [of.at(-1), host]));
  const isDrilled = [...newest.values()].some((host) => drills.has(host));
  const rows = archives.map((archive) => {
    const { id, started, finished, chunks, storedBytes } = archive;
    return [
      printable(id.host),
      String(id.number),
      age(finished ?? started, now),
      chunks === undefined ? "-" : String(chunks),
      storedBytes === undefined ? "-" : formatBytes(storedBytes),
      uploadedOf(archive),
      ...(isDrilled ? [drillOf(newest.get(archive), drills, now)] : []),
      statusOf(archive),
    ];
  });
  const columns = COLUMNS.filter((column) => isDrilled || column !== DRILLED);
  return `${table(columns, rows)}${totals(archives)}\n`;
}

const DRILLED: Column = { title: "Drilled", align: "right" };

const COLUMNS: readonly Column[] = [
  { title: "Hostname", align: "left" },
  { title: "Backup number", align: "right" },
  { title: "Age", align: "right" },
  { title: "Chunks", align: "right" },
  { title: "Size", align: "right" },
  { title: "New", align: "right" },
  DRILLED,
  { title: "Status", align: "left" },
];

/** @param host undefined beside its older archives */
function drillOf(
  host: string | undefined,
  drills: ReadonlyMap<string, KeptDrills>,
  now: Date,
): string {
  if (host === undefined) return "";
  const last = drills.get(host)?.last;
  if (last === undefined) return "never";
  return `${last.result === "failed" ? "FAILED " : ""}${age(new Date(last.time), now)}`;
}

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
