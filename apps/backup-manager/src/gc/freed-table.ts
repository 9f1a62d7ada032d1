import { formatBytes } from "@backuppc-archive-s3/settings";
import { laterTexts, youngTexts } from "../free/freed-text.ts";
import type { Freed } from "../free/free-host.ts";
import { count } from "../text/count.ts";
import { printable } from "../text/printable.ts";
import { type Column, table } from "../text/table.ts";

/** What was freed, a line for each host that had garbage or has some that must wait. @param test nothing was, but would be */
export function freedTable(freed: readonly Freed[], test: boolean): string {
  const shown = freed.filter(({ plan }) => plan.refusal !== undefined || isShown(plan));
  const rows = shown.map((each) => [
    printable(each.plan.host),
    String(each.plan.chunks.length),
    String(each.plan.attempts.length),
    formatBytes(bytesOf(each)),
    each.plan.refusal === undefined
      ? [...laterTexts(each.plan), ...youngTexts(each.plan)].join(", ") || "-"
      : "refused",
  ]);
  const bytes = freed.reduce((sum, each) => sum + bytesOf(each), 0);
  const verb = test ? "would be deleted" : "deleted";
  const totals = `${formatBytes(bytes)} of ${count(freed.length, "host")} ${verb}\n`;
  return rows.length === 0 ? totals : table(COLUMNS, rows) + totals;
}

function isShown({ chunks, attempts, laterBytes, youngBytes }: Freed["plan"]): boolean {
  return chunks.length + attempts.length + laterBytes + youngBytes > 0;
}

function bytesOf({ plan, outcome }: Freed): number {
  return outcome?.freedBytes ?? plan.freedBytes;
}

const COLUMNS: readonly Column[] = [
  { title: "Hostname", align: "left" },
  { title: "Chunks", align: "right" },
  { title: "Attempts", align: "right" },
  { title: "Size", align: "right" },
  { title: "Left", align: "left" },
];
