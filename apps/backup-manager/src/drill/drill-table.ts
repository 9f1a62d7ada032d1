import { formatBytes } from "@backuppc-archive-s3/settings";
import { count } from "../text/count.ts";
import { duration } from "../text/duration.ts";
import { printable } from "../text/printable.ts";
import { type Column, table } from "../text/table.ts";
import type { DrillJson } from "./drill-json.ts";

/** The drills as people read them. */
export function drillTable(drills: readonly DrillJson[]): string {
  const rows = drills.map(({ host, number, result, members, bytes, seconds, secondsForAll }) => [
    printable(host),
    number === null ? "-" : String(number),
    members === 0 ? "-" : String(members),
    members === 0 ? "-" : formatBytes(bytes),
    seconds === null ? "-" : duration(seconds),
    secondsForAll === null ? "-" : `about ${duration(secondsForAll)}`,
    SHOWN[result],
  ]);
  const proven = drills.filter(({ result }) => result === "proven").length;
  return `${table(COLUMNS, rows)}${count(drills.length, "drill")}, ${proven} proven\n`;
}

const COLUMNS: readonly Column[] = [
  { title: "Hostname", align: "left" },
  { title: "Backup number", align: "right" },
  { title: "Members", align: "right" },
  { title: "Size", align: "right" },
  { title: "Took", align: "right" },
  { title: "All would take", align: "right" },
  { title: "Result", align: "left" },
];

const SHOWN: Readonly<Record<DrillJson["result"], string>> = {
  proven: "proven",
  damaged: "DAMAGED",
  failed: "FAILED",
  "sabotage noticed": "sabotage noticed",
  "sabotage missed": "SABOTAGE MISSED",
  "not run": "would be drilled",
};
