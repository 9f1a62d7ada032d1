import type { Coverage } from "./measure-coverage.ts";
import { MODULES } from "./modules.ts";
import type { MutationScore } from "./mutate.ts";
import type { FuzzedRow } from "./run-fuzz.ts";

/** The figures of all parsers. */
export function fuzzTable(rows: readonly FuzzedRow[]): string {
  const cells = rows.map(({ parser, inputs, accepted, refused }) => [
    parser,
    ...[inputs, accepted, refused].map((count) => count.toLocaleString("en")),
  ]);
  return table(["parser", "inputs", "taken", "refused"], cells);
}

/** The scores of all modules that were run. */
export function mutationTable(scores: Readonly<Record<string, MutationScore>>): string {
  const cells = Object.entries(MODULES).flatMap(([name, { what }]) => {
    const score = scores[name];
    if (score === undefined) return [[`${what} (\`${name}\`)`, "not run", "", ""]];
    const { mutants, killed } = score;
    const part = `${((100 * killed) / mutants).toFixed(1)} %`;
    return [[`${what} (\`${name}\`)`, String(mutants), String(killed), part]];
  });
  return table(["module", "mutants", "killed", "score"], cells);
}

/** The coverage of all packages. */
export function coverageTable(coverage: Readonly<Record<string, Coverage>>): string {
  const cells = Object.entries(coverage).map(([name, { lines, branches }]) => [
    name,
    `${lines.toFixed(1)} %`,
    `${branches.toFixed(1)} %`,
  ]);
  return table(["package", "lines", "branches"], cells);
}

/** In Markdown, with the first column as text and numbers to the right. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, at) =>
    Math.max(3, title.length, ...rows.map((row) => (row[at] ?? "").length)),
  );
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join(" | ")} |`;
  const rule = widths.map((width, at) =>
    at === 0 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`,
  );
  return [line(head), `| ${rule.join(" | ")} |`, ...rows.map(line)].join("\n");
}
