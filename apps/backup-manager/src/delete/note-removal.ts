import type { DeleteOutcome, GcOutcome } from "@backuppc-archive-s3/backup-catalog";
import type { Freed } from "../free/free-host.ts";
import { refusalText } from "../free/refusal-text.ts";
import type { Output } from "../output.ts";
import { count } from "../text/count.ts";
import { printable } from "../text/printable.ts";

/** Reports what stayed and why. @returns whether all that was to go has gone */
export function noteRemoval(title: string, outcome: DeleteOutcome, output: Output): boolean {
  const [unknown] = outcome.unknownKeys;
  if (unknown !== undefined)
    output.note(`${title}: left alone, not created by this program: ${printable(unknown)}`);
  return noteOutcome(title, outcome, output);
}

/** The same of what was freed of a host. */
export function noteFreeing(host: string, { plan, outcome }: Freed, output: Output): boolean {
  const title = printable(host);
  if (plan.refusal !== undefined) output.note(`${title}: ${refusalText(plan.refusal)}`);
  const isWell = outcome === undefined || noteOutcome(title, outcome, output);
  return isWell && plan.refusal === undefined;
}

function noteOutcome(
  title: string,
  { failures, keptBy }: Pick<GcOutcome, "failures" | "keptBy">,
  output: Output,
): boolean {
  const [failure] = failures;
  if (failure !== undefined)
    output.note(
      `${title}: ${count(failures.length, "object")} could not be deleted, such as ${printable(failure.key)}: ${failure.reason}`,
    );
  if (keptBy === "versioning")
    output.note(
      `${title}: freed nothing, because the bucket keeps versions. See --purge-versions of \`delete\`.`,
    );
  if (keptBy === "object-lock")
    output.note(
      `${title}: freed nothing, because the bucket locks its objects and keeps versions.`,
    );
  return failures.length === 0;
}
