import type { GarbageReason } from "@backuppc-archive-s3/backup-catalog";
import { formatBytes } from "@backuppc-archive-s3/settings";
import { count } from "../text/count.ts";
import { printable } from "../text/printable.ts";
import { type Column, table } from "../text/table.ts";
import type { Collected } from "./collected.ts";

/** What was garbage, a line for each archive it was of. @param spared how many may still be written */
export function garbageTable(
  collected: readonly Collected[],
  spared: number,
  test: boolean,
): string {
  const rows = collected.map(({ garbage, outcome }) => [
    printable(garbage.id.host),
    String(garbage.id.number),
    garbage.id.attempt,
    String(outcome?.deleted ?? garbage.objects + garbage.hidden.versions),
    formatBytes(outcome?.bytes ?? garbage.bytes + garbage.hidden.bytes),
    outcome === undefined && !test ? "it lives: left alone" : WHY[garbage.reason],
  ]);
  const bytes = collected.reduce(
    (sum, { garbage, outcome }) =>
      sum + (test ? garbage.bytes + garbage.hidden.bytes : (outcome?.bytes ?? 0)),
    0,
  );
  const left = spared === 0 ? "" : `; ${count(spared, "unfinalized archive")} may still be written`;
  const totals = `${formatBytes(bytes)} ${test ? "would be deleted" : "deleted"}${left}\n`;
  return rows.length === 0 ? totals : table(COLUMNS, rows) + totals;
}

const WHY: Readonly<Record<GarbageReason, string>> = {
  unfinalized: "broken off",
  orphaned: "of no archive",
  hidden: "versions of what was deleted",
};

const COLUMNS: readonly Column[] = [
  { title: "Hostname", align: "left" },
  { title: "Backup number", align: "right" },
  { title: "Attempt", align: "left" },
  { title: "Objects", align: "right" },
  { title: "Size", align: "right" },
  { title: "Why", align: "left" },
];
