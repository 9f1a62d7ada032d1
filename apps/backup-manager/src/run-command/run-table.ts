import { count } from "../text/count.ts";
import { printable } from "../text/printable.ts";
import { type Column, table } from "../text/table.ts";
import type { RunResult } from "./run-host.ts";

/** What a run did and what it did not: a line a host, and a line of totals. */
export function runTable(results: readonly RunResult[]): string {
  if (results.length === 0) return "BackupPC backs up no host that is to be archived.\n";
  const rows = results.map(({ host, number, result, message }) => [
    printable(host),
    number === undefined ? "-" : String(number),
    result,
    printable(message),
  ]);
  return `${table(COLUMNS, rows)}${totals(results)}\n`;
}

const COLUMNS: readonly Column[] = [
  { title: "Hostname", align: "left" },
  { title: "Backup number", align: "right" },
  { title: "Result", align: "left" },
  { title: "Why", align: "left" },
];

function totals(results: readonly RunResult[]): string {
  const parts = (["archived", "partial", "failed", "planned", "skipped"] as const)
    .map((result) => [result, results.filter((each) => each.result === result).length] as const)
    .filter(([, many]) => many > 0)
    .map(([result, many]) => `${many} ${result}`);
  return `${count(results.length, "host")}: ${parts.join(", ")}`;
}
