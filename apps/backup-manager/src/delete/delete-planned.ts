import { CatalogError, type DeleteOutcome, planGc } from "@backuppc-archive-s3/backup-catalog";
import { type Freed, freeHost } from "../free/free-host.ts";
import { isLegacy } from "../legacy/legacy-bucket-site.ts";
import type { Output } from "../output.ts";
import type { Site } from "../site.ts";
import type { HeldHost } from "../state/host-state.ts";
import { errorLine } from "../text/error-line.ts";
import { printable } from "../text/printable.ts";
import { progressBar } from "../text/progress-bar.ts";
import { afterDeletion } from "./after-deletion.ts";
import type { HostPlan, Planned } from "./delete-plan.ts";
import { noteFreeing, noteRemoval } from "./note-removal.ts";

/** A planned archive, and what was done to it. */
export interface Done extends Planned {
  /** Undefined if nothing was tried: it is kept, or an error came before. */
  readonly outcome: DeleteOutcome | undefined;
}

/** A host, and what was done to it. */
export interface DoneHost {
  readonly plan: HostPlan;
  readonly archives: readonly Done[];
  /** Undefined if none of its archives goes. */
  readonly freed: Freed | undefined;
  readonly isWell: boolean;
}

/** What deleting would free, where that is known: not of archives that were named. */
export function untouched(plan: HostPlan): DoneHost {
  const archives = plan.archives.map((planned) => ({ ...planned, outcome: undefined }));
  const going = new Set(goingOf(plan).map(({ archive }) => archive.id.attempt));
  const freed =
    plan.inventory === undefined || going.size === 0
      ? undefined
      : {
          plan: planGc(afterDeletion(plan.inventory, going)),
          outcome: undefined,
          immediate: false,
        };
  return { plan, archives, freed, isWell: true };
}

/**
 * Deletes what the plan says of a host, the oldest first, then the chunks that no archive needs any more: at once if
 * archive-host's working directory is on this machine. What stays is reported, and the rest is deleted all the same;
 * an error of the store ends the work on the host, and is reported too.
 */
export async function deletePlanned(
  plan: HostPlan,
  purgeVersions: boolean,
  site: Site,
  output: Output,
): Promise<DoneHost> {
  const going = goingOf(plan);
  const outcomes = new Map<Planned, DeleteOutcome>();
  let [isWell, freed]: [boolean, Freed | undefined] = [true, undefined];
  const isOwn = going.some(({ archive }) => !isLegacy(archive.id));
  let lock: HeldHost | undefined;
  try {
    const state = isOwn ? await site.lockHost(plan.host) : undefined;
    if (state?.kind === "held") lock = state.lock;
    const removal = { purgeVersions, notRunning: lock !== undefined, outcomes };
    for (const planned of going)
      isWell = (await removeArchive(planned, removal, site, output)) && isWell;
    if (isOwn)
      freed = await freeHost(plan.host, { purgeVersions, test: false, lock }, site, output);
    if (freed !== undefined) isWell = noteFreeing(plan.host, freed, output) && isWell;
  } catch (error) {
    output.note(`${printable(plan.host)}: ${errorLine(error)}`);
    isWell = false;
  } finally {
    await lock?.release();
    output.progress("");
  }
  const archives = plan.archives.map((each) => ({ ...each, outcome: outcomes.get(each) }));
  return { plan, archives, freed, isWell };
}

interface Removal {
  readonly purgeVersions: boolean;
  readonly notRunning: boolean;
  readonly outcomes: Map<Planned, DeleteOutcome>;
}

/** @returns whether all of it has gone. */
async function removeArchive(
  planned: Planned,
  { purgeVersions, notRunning, outcomes }: Removal,
  { catalog }: Site,
  output: Output,
): Promise<boolean> {
  const { id } = planned.archive;
  const title = `${printable(id.host)} ${id.number}`;
  try {
    const outcome = await catalog.delete(id, {
      purgeVersions,
      notRunning,
      onProgress: ({ done, total }) => output.progress(`${progressBar(done, total)} ${title}`),
    });
    outcomes.set(planned, outcome);
    return noteRemoval(title, outcome, output);
  } catch (error) {
    if (!(error instanceof CatalogError)) throw error;
    output.note(errorLine(error));
    return false;
  }
}

function goingOf({ archives }: HostPlan): Planned[] {
  return archives.filter(({ action }) => action === "delete").toSorted(oldestFirst);
}

function oldestFirst(a: Planned, b: Planned): number {
  return a.archive.started.getTime() - b.archive.started.getTime();
}
