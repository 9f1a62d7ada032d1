import type { Records } from "../report/record.ts";
import { markdownTable } from "../report/markdown-table.ts";
import { type Target, TARGETS, type Unit } from "./targets.ts";

/** Every target with what was measured. */
export function summary(records: Records, targets: readonly Target[] = TARGETS): string {
  const rows = targets.map((target) => {
    const measured = worst(target, records);
    const told = measured === undefined ? "not measured" : inUnit(measured, target.unit);
    return [target.what, bound(target), told, verdict(target, measured)];
  });
  const used = targets.flatMap(({ section }) => records[section] ?? []);
  const when = [...new Set(used.map(({ measured, machine }) => `${measured}, ${machine}`))];
  const table = markdownTable(["", "target", "measured", "met"], rows);
  return [table, ...when.map((line) => `Measured ${line}.`)].join("\n\n");
}

/** The figure that is furthest from the target; undefined unless all were measured. */
function worst({ section, figures, atMost }: Target, records: Records): number | undefined {
  const known = figures.flatMap((name) => records[section]?.figures[name] ?? []);
  if (known.length < figures.length) return undefined;
  return atMost === undefined ? Math.min(...known) : Math.max(...known);
}

function verdict({ atLeast, atMost }: Target, measured: number | undefined): string {
  if (measured === undefined) return "";
  return measured >= (atLeast ?? measured) && measured <= (atMost ?? measured) ? "yes" : "no";
}

function bound({ atLeast, atMost, unit }: Target): string {
  if (atLeast !== undefined) return `>= ${inUnit(atLeast, unit)}`;
  return atMost === undefined ? "" : `<= ${inUnit(atMost, unit)}`;
}

function inUnit(value: number, unit: Unit): string {
  if (unit === "part") return `${Number((value * 100).toFixed(1))} %`;
  if (unit === "times") return `${value.toFixed(2)} x`;
  if (unit === "s") return `${value.toFixed(2)} s`;
  if (unit === "MB") return `${value.toFixed(2)} MB`;
  return unit === "requests" ? String(value) : `${value.toFixed(0)} ${unit}`;
}
