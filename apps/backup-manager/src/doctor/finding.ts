import { hintOf } from "@backuppc-archive-s3/settings/hints";
import { printable } from "../text/printable.ts";
import { sentence } from "../text/sentence.ts";

/** What one check of the doctor found. */
export interface Finding {
  /** What was looked at. */
  readonly check: string;
  readonly state: FindingState;
  /** What was found, a sentence without its point. */
  readonly message: string;
  /** What to do about it; undefined where nothing needs to be done. */
  readonly remedy: string | undefined;
}

/**
 * `warning`: works, but look at it. `unknown`: could not be found out, such as
 * for want of a right that nothing else needs. `skipped`: what it needs has failed.
 */
type FindingState = (typeof FINDING_STATES)[number];

export const FINDING_STATES = ["ok", "warning", "failed", "unknown", "skipped"] as const;

export function ok(check: string, message: string): Finding {
  return { check, state: "ok", message, remedy: undefined };
}

export function warning(check: string, message: string, remedy: string): Finding {
  return { check, state: "warning", message, remedy };
}

export function skipped(check: string, message: string): Finding {
  return { check, state: "skipped", message, remedy: undefined };
}

/** An error as a finding: its message and its remedy. */
export function failed(check: string, error: unknown): Finding {
  return { ...fromError(check, error), state: "failed" };
}

/** An error in what is only nice to know. */
export function unknown(check: string, error: unknown): Finding {
  return { ...fromError(check, error), state: "unknown", remedy: undefined };
}

function fromError(check: string, error: unknown): Omit<Finding, "state"> {
  if (!(error instanceof Error)) return { check, message: String(error), remedy: undefined };
  const message = error.message.replaceAll(/\s+/g, " ").replace(/\.$/, "");
  return { check, message, remedy: hintOf(error) };
}

/** The same, but so bad that the programs can't work. */
export function asFailure(finding: Finding): Finding {
  return { ...finding, state: "failed" };
}

/** A line for each finding, with its remedy. */
export function findingLines(findings: readonly Finding[]): string {
  const width = Math.max(...findings.map(({ check }) => check.length));
  return findings
    .map(({ check, state, message, remedy }) => {
      const told = remedy === undefined ? message : `${sentence(message)} ${remedy}`;
      return `${state.padEnd(7)}  ${check.padEnd(width)}  ${printable(told)}\n`;
    })
    .join("");
}
