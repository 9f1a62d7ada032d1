import { printable } from "../text/printable.ts";
import type { Finding } from "./finding.ts";

/** A line for each finding, with its remedy. */
export function findingLines(findings: readonly Finding[]): string {
  const width = Math.max(...findings.map(({ check }) => check.length));
  return findings
    .map(({ check, state, message, remedy }) => {
      const told = remedy === undefined ? message : `${message}. ${remedy}`;
      return `${state.padEnd(7)}  ${check.padEnd(width)}  ${printable(told)}\n`;
    })
    .join("");
}
