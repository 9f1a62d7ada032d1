import { formatBytes } from "@backuppc-archive-s3/settings";
import { freedText } from "../free/freed-text.ts";
import { age } from "../text/age.ts";
import { count } from "../text/count.ts";
import { printable } from "../text/printable.ts";
import { type Column, table } from "../text/table.ts";
import type { Planned } from "./delete-plan.ts";
import type { Done, DoneHost } from "./delete-planned.ts";

/** What would be done with each archive, and why. */
export function planTable(hosts: readonly DoneHost[], now: Date): string {
  const planned = hosts.flatMap(({ archives }) => archives);
  const going = planned.filter(({ action }) => action === "delete");
  const rows = planned.map((each) => [...archiveCells(each, now), each.action, each.why]);
  const totals = `${count(going.length, "archive")} of ${planned.length} would be deleted\n`;
  const lines = rows.length === 0 ? "" : table([...ARCHIVE, ACTION, WHY], rows);
  return lines + freedLines(hosts, true) + totals;
}

/** What was deleted. */
export function deletedTable(hosts: readonly DoneHost[], now: Date): string {
  const done = hosts.flatMap(({ archives }) => archives);
  const tried = done.filter(({ action }) => action === "delete");
  const rows = tried.map((each) => [...archiveCells(each, now), resultOf(each), each.why]);
  const gone = tried.filter(isGone).length;
  const totals = [
    `${count(gone, "archive")} deleted`,
    ...(gone === tried.length ? [] : [`${tried.length - gone} not deleted`]),
    `${done.length - tried.length} kept`,
  ].join(", ");
  const lines = rows.length === 0 ? "" : table([...ARCHIVE, RESULT, WHY], rows);
  return `${lines}${freedLines(hosts, false)}${totals}\n`;
}

function isGone({ outcome }: Done): boolean {
  return outcome !== undefined && outcome.failures.length === 0;
}

function resultOf(done: Done): string {
  return isGone(done) ? "deleted" : "NOT DELETED";
}

/** Chunks belong to hosts, not to archives. */
function freedLines(hosts: readonly DoneHost[], test: boolean): string {
  const lines = hosts.map(({ plan, archives, freed }) => {
    const records = archives.reduce((sum, { outcome }) => sum + (outcome?.freedBytes ?? 0), 0);
    if (freed !== undefined) return `${printable(plan.host)}: ${freedText(freed, test, records)}\n`;
    return records === 0 ? "" : `${printable(plan.host)}: ${formatBytes(records)} freed\n`;
  });
  return lines.join("");
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
const RESULT: Column = { title: "Result", align: "left" };
const WHY: Column = { title: "Why", align: "left" };
