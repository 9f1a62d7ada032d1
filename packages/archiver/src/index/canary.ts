import type { ArchiveWriter } from "@backuppc-archive-s3/backup-catalog";
import type { ChunkIndex } from "./chunk-index.ts";

/*
 * Canaries show, to a key that may only put, that the store still is the one that has the index's chunks, and that the index is
 * not a copy from before. Each check has a number, and two canaries. It puts the first, its claim, which must not be there: a
 * copy of the index would claim a number that was claimed since. Then it puts the second, its witness, again, which must be there: an
 * earlier check has put it, and an emptied bucket does not have it.
 *
 * To put one is to make it. So a number is written down as used before its claim is put, and a witness is asked by the one check
 * alone that has claimed its number: none counts as one that was there if a check, or a try whose answer was lost, may have made it.
 */

/** The canaries of an index, and who puts them. */
export interface Canaries {
  readonly index: ChunkIndex;
  readonly writer: Pick<ArchiveWriter, "canary">;
  readonly signal?: AbortSignal;
}

/**
 * - `same`: the store has what it had, and no copy of the index from before is believed from now on
 * - `copied`: this index is such a copy
 * - `gone`: the store is not the one that has the index's chunks
 * - `unclear`: an answer was lost, or a check was killed before it heard of its claim, so that nothing shows which it is
 */
export type StoreCheck = "same" | "copied" | "gone" | "unclear";

/** Puts the first canaries of an epoch, and learns whether the store keeps them: one that it has must not be put again. */
export async function beginCanaries(canaries: Canaries): Promise<void> {
  const { index } = canaries;
  await put(canaries, "claim", 0);
  if ((await put(canaries, "claim", 0)) === "stored") return await index.update({ canary: null });
  await change(canaries, { next: 1, claimed: 1 });
  await addWitnesses(canaries);
}

/**
 * Whether the store still is the one that has the index's chunks, and the index the newest. Only where the header
 * has canaries. Before chunks are deleted that are still held, strike them, then call this.
 */
export async function checkStore(canaries: Canaries): Promise<StoreCheck> {
  for (let tries = 0; tries < TRIES; tries++) {
    const { next: number, ready } = canaryOf(canaries);
    await change(canaries, { next: number + 1 });
    const claim = await put(canaries, "claim", number);
    if (claim === "exists") return "copied";
    // The next check would find it taken, and not know by whom.
    if (claim === "unclear") return "unclear";
    if (!(await claimAllBefore(canaries, number)) || number >= ready) return "unclear";
    const witness = await put(canaries, "witness", number);
    if (witness === "stored") return "gone";
    if (witness === "unclear") continue;
    await addWitnesses(canaries);
    return "same";
  }
  return "unclear";
}

/** Checks whose witness was not heard of, and that are made again with another number. */
const TRIES = 4;
/** Witnesses that wait for their checks: each run that is killed at its check costs one. */
const WITNESSES = 8;

type Canary = NonNullable<ChunkIndex["header"]["canary"]>;

function canaryOf({ index }: Canaries): Canary {
  const { canary } = index.header;
  if (canary === null) throw new TypeError("the store keeps no canary");
  return canary;
}

async function change(canaries: Canaries, changes: Partial<Canary>): Promise<void> {
  await canaries.index.update({ canary: { ...canaryOf(canaries), ...changes } });
}

async function put(
  canaries: Canaries,
  kind: "claim" | "witness",
  number: number,
): ReturnType<ArchiveWriter["canary"]> {
  const { index, writer, signal } = canaries;
  const { uploader, host } = index.header;
  const name = { id: canaryOf(canaries).id, kind, number };
  return await writer.canary(uploader, host, name, signal === undefined ? {} : { signal });
}

/**
 * Claims the numbers that were used by checks which ended before they heard of their claims. One that is taken may be such a
 * check's own, or was claimed since this index was copied: nobody knows which.
 *
 * @returns false if one is taken, or its answer was lost
 */
async function claimAllBefore(canaries: Canaries, number: number): Promise<boolean> {
  for (let before = canaryOf(canaries).claimed; before < number; before++)
    if ((await put(canaries, "claim", before)) !== "stored") return false;
  // At once: a check that is killed from here on leaves no doubt.
  await change(canaries, { claimed: number + 1 });
  return true;
}

/** The store is known to be the right one. */
async function addWitnesses(canaries: Canaries): Promise<void> {
  const { next, ready } = canaryOf(canaries);
  const end = next + WITNESSES;
  for (let number = Math.max(ready, next); number < end; number++)
    await put(canaries, "witness", number);
  await change(canaries, { ready: end });
}
