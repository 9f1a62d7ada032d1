import { formatBytes } from "@backuppc-archive-s3/settings";
import { age } from "../text/age.ts";
import { count } from "../text/count.ts";
import { printable } from "../text/printable.ts";
import { type Column, table } from "../text/table.ts";
import type { Planned } from "./delete-plan.ts";
import type { Done } from "./delete-planned.ts";

/** What would be done with each archive, and why. */
export function planTable(plan: readonly Planned[], now: Date): string {
  const going = plan.filter(({ action }) => action === "delete");
  const bytes = going.reduce((sum, { archive }) => sum + (archive.storedBytes ?? 0), 0);
  const rows = plan.map((planned) => [...archiveCells(planned, now), planned.action, planned.why]);
  const totals = `${count(going.length, "archive")} of ${plan.length} would be deleted, ${formatBytes(bytes)}\n`;
  return rows.length === 0 ? totals : table([...ARCHIVE, ACTION, WHY], rows) + totals;
}

/** What was deleted. */
export function deletedTable(done: readonly Done[], now: Date): string {
  const kept = done.filter(({ action }) => action === "keep").length;
  const rows = done.flatMap((each) =>
    each.outcome === undefined
      ? []
      : [
          [
            ...archiveCells(each, now),
            String(each.outcome.deleted),
            formatBytes(each.outcome.bytes),
            each.why,
          ],
        ],
  );
  const bytes = done.reduce((sum, { outcome }) => sum + (outcome?.bytes ?? 0), 0);
  const totals = `${count(rows.length, "archive")} deleted, ${formatBytes(bytes)}; ${kept} kept\n`;
  return rows.length === 0 ? totals : table([...ARCHIVE, OBJECTS, SIZE, WHY], rows) + totals;
}

function archiveCells({ archive }: Planned, now: Date): string[] {
  const { id, started } = archive;
  return [printable(id.host), String(id.number), age(started, now)];
}

const ARCHIVE: readonly Column[] = [
  { title: "Hostname", align: "left" },
  { title: "Backup number", align: "right" },
  { title: "Age", align: "right" },
];
const ACTION: Column = { title: "Action", align: "left" };
const OBJECTS: Column = { title: "Objects", align: "right" };
const SIZE: Column = { title: "Size", align: "right" };
const WHY: Column = { title: "Why", align: "left" };
