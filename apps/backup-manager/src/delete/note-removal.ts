import type { DeleteOutcome } from "@backuppc-archive-s3/backup-catalog";
import type { Output } from "../output.ts";
import { count } from "../text/count.ts";
import { printable } from "../text/printable.ts";

/** Tells what stayed and why. @returns whether all that was to go has gone */
export function noteRemoval(
  title: string,
  { failures, strays, keptBy }: DeleteOutcome,
  output: Output,
): boolean {
  const [failure] = failures;
  if (failure !== undefined)
    output.note(
      `${title}: ${count(failures.length, "object")} could not be deleted, such as ${printable(failure.key)}: ${failure.reason}`,
    );
  const [stray] = strays;
  if (stray !== undefined)
    output.note(`${title}: left alone, since no archive has such a key: ${printable(stray)}`);
  if (keptBy === "versioning")
    output.note(`${title}: freed nothing: the bucket keeps versions. See --purge-versions.`);
  if (keptBy === "object-lock")
    output.note(`${title}: freed nothing: the bucket locks its objects and keeps versions.`);
  return failures.length === 0;
}
