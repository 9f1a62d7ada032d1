import { count } from "../text/count.ts";
import { localTime } from "../text/local-time.ts";
import { printable } from "../text/printable.ts";
import { type Column, table } from "../text/table.ts";
import type { ScriptEntry } from "./script-json.ts";

/** The scripts as people read them. @param test they would be written, and were not */
export function scriptTable(scripts: readonly ScriptEntry[], test: boolean): string {
  const total = `${count(scripts.length, "restore script")}${test ? " would be written" : ""}\n`;
  if (scripts.length === 0) return total;
  const rows = scripts.map(({ host, number, expires, file }) => [
    printable(host),
    String(number),
    expires === null ? "-" : localTime(new Date(expires)),
    printable(file ?? "-"),
  ]);
  return table(COLUMNS, rows) + total;
}

const COLUMNS: readonly Column[] = [
  { title: "Hostname", align: "left" },
  { title: "Backup number", align: "right" },
  { title: "Works until", align: "left" },
  { title: "Script", align: "left" },
];
