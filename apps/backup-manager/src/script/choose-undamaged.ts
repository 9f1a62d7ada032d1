import { StoreError } from "@backuppc-archive-s3/s3-transport";
import type { Output } from "../output.ts";
import type { Site } from "../site.ts";
import { localTime } from "../text/local-time.ts";
import { printable } from "../text/printable.ts";
import { isDamage } from "../verify/finding-text.ts";
import type { Candidate } from "./candidate.ts";
import { chooseArchive, type Wanted } from "./choose-archive.ts";

/**
 * The newest archive whose chunks the lists show whole. Without one the newest of all: a script may still bring back
 * what its lost chunks do not hold.
 *
 * @param newest what is chosen if it is undamaged
 */
export async function chooseUndamaged(
  newest: Candidate,
  candidates: readonly Candidate[],
  wanted: Wanted,
  site: Site,
  output: Output,
): Promise<Candidate> {
  const damaged = new Set<Candidate>();
  for (let chosen = newest; chosen.trust.state === "verified";) {
    if (!(await isDamaged(chosen, site))) {
      for (const each of damaged) output.note(`${titleOf(each)} is passed over: it is damaged`);
      return chosen;
    }
    damaged.add(chosen);
    const left = candidates.filter(
      (each) =>
        each.trust.state === "verified" &&
        !damaged.has(each) &&
        each.head?.status === newest.head?.status,
    );
    if (left.length === 0) break;
    chosen = chooseArchive(left, wanted);
  }
  if (damaged.size > 0)
    output.note(`${titleOf(newest)} is damaged, and there is no undamaged archive in its place`);
  return newest;
}

/** A key that signs scripts need not be able to list chunks: then nothing is known of damage. */
async function isDamaged({ archive }: Candidate, site: Site): Promise<boolean> {
  try {
    const { archives } = await site.catalog.verify([archive], await site.trust());
    return archives.some(({ findings }) => findings.some(isDamage));
  } catch (error) {
    if (error instanceof StoreError && error.code === "denied") return false;
    throw error;
  }
}

function titleOf({ archive: { id }, time }: Candidate): string {
  return `${printable(id.host)} ${id.number} of ${localTime(new Date(time))}`;
}
