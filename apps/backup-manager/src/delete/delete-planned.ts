import type { DeleteOutcome } from "@backuppc-archive-s3/backup-catalog";
import type { Output } from "../output.ts";
import type { Site } from "../site.ts";
import { errorLine } from "../text/error-line.ts";
import { printable } from "../text/printable.ts";
import { progressBar } from "../text/progress-bar.ts";
import type { Planned } from "./delete-plan.ts";
import { noteRemoval } from "./note-removal.ts";

/** A planned archive, and what was done to it. */
export interface Done extends Planned {
  /** Undefined where nothing was tried: it is kept, or an error came before. */
  readonly outcome: DeleteOutcome | undefined;
}

/**
 * Deletes what the plan says, the oldest first. What stays is told and the
 * others are deleted all the same; an error of the store ends it.
 */
export async function deletePlanned(
  plan: readonly Planned[],
  purgeVersions: boolean,
  { catalog }: Site,
  output: Output,
): Promise<{ readonly done: readonly Done[]; readonly isWell: boolean }> {
  const outcomes = new Map<Planned, DeleteOutcome>();
  const going = plan.filter(({ action }) => action === "delete").toSorted(oldestFirst);
  let isWell = true;
  try {
    for (const [index, planned] of going.entries()) {
      const { id } = planned.archive;
      const title = `${printable(id.host)} ${id.number} (${index + 1} of ${going.length})`;
      const outcome = await catalog.delete(id, {
        purgeVersions,
        onProgress: ({ done, total }) => output.progress(`${progressBar(done, total)} ${title}`),
      });
      outcomes.set(planned, outcome);
      isWell = noteRemoval(title, outcome, output) && isWell;
    }
  } catch (error) {
    output.note(errorLine(error));
    isWell = false;
  }
  output.progress("");
  return { done: plan.map((each) => ({ ...each, outcome: outcomes.get(each) })), isWell };
}

function oldestFirst(a: Planned, b: Planned): number {
  return a.archive.started.getTime() - b.archive.started.getTime();
}
