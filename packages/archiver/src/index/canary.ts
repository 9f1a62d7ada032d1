import type { ArchiveWriter } from "@backuppc-archive-s3/backup-catalog";
import type { ChunkIndex } from "./chunk-index.ts";

/*
 * Canaries show, to a key that may only put, that the store still is the one that has the index's chunks, and that the index is
 * not a copy from before. They have numbers. Each run puts the next one, which must not be there: a copy of the index would put
 * one that the index has put since. Then it puts an older one again, which must be there: an emptied bucket does not have it.
 *
 * To put one is to make it, so what a run was about to put is written down before: no canary whose put may have made it ever
 * counts as one that was there.
 */

/** The canaries of an index, and who puts them. */
export interface Canaries {
  readonly index: ChunkIndex;
  readonly writer: Pick<ArchiveWriter, "canary">;
  readonly signal?: AbortSignal;
}

/** Puts the first canaries of an epoch, and learns whether the store keeps them: one that it has must not be put again. */
export async function beginCanaries(canaries: Canaries): Promise<void> {
  const { index } = canaries;
  const { id } = newest(index);
  await put(canaries, id, 0);
  if ((await put(canaries, id, 0)) === "stored") return await index.update({ canary: null });
  await put(canaries, id, 1);
  await index.update({ canary: { id, next: 2, whole: 2, witnesses: [1, 0] } });
}

/** Why the store must not be taken for the one that has the index's chunks; undefined if it is that. */
export async function whyNotTheStore(canaries: Canaries): Promise<string | undefined> {
  if (canaries.index.header.canary === null) return undefined;
  const claimed = await claimCanary(canaries);
  if (claimed !== "claimed") return claimed === "taken" ? COPIED : UNCLEAR;
  const { next } = newest(canaries.index);
  for (let witness = await takeWitness(canaries); witness !== undefined;) {
    const outcome = await put(canaries, newest(canaries.index).id, witness);
    if (outcome === "stored") return GONE;
    if (outcome === "exists") {
      await addWitnesses(canaries, [next - 1, witness]);
      return undefined;
    }
    witness = await takeWitness(canaries);
  }
  return UNCLEAR;
}

/**
 * Puts the next canary, so that no copy of the index from before is believed from now on: `taken` says that this index is one.
 * Only where `hasCanary`. Before held chunks are deleted, strike them, then call this.
 */
export async function claimCanary(canaries: Canaries): Promise<"claimed" | "taken" | "unclear"> {
  const { index } = canaries;
  for (let tries = 0; tries < TRIES; tries++) {
    const canary = newest(index);
    const { id, next } = canary;
    await index.update({ canary: { ...canary, next: next + 1 } });
    const outcome = await put(canaries, id, next);
    if (outcome === "exists") return "taken";
    if (outcome === "stored") {
      // A copy may be about to put any of those whose put was not heard of.
      for (let number = canary.whole; number < next; number++) await put(canaries, id, number);
      await index.update({ canary: { ...canary, next: next + 1, whole: next + 1 } });
      return "claimed";
    }
  }
  return "unclear";
}

/** Puts whose answers are lost, and that are tried again with another number. */
const TRIES = 4;
/** Witnesses that are kept: a run that is killed while it asks one costs it. */
const WITNESSES = 4;

const COPIED = "the chunk index is an older copy of itself";
const GONE =
  "the store no longer has what it had: it was emptied, made anew or rolled back, or the last run was weeks ago";
const UNCLEAR =
  "answers of the store were lost, so that nothing shows that it still has what it had";

type Canary = NonNullable<ChunkIndex["header"]["canary"]>;

function newest(index: ChunkIndex): Canary {
  const { canary } = index.header;
  if (canary === null) throw new TypeError("the store keeps no canary");
  return canary;
}

async function put(
  { index, writer, signal }: Canaries,
  id: string,
  number: number,
): ReturnType<ArchiveWriter["canary"]> {
  const { uploader, host } = index.header;
  return await writer.canary(
    uploader,
    host,
    { id, number },
    signal === undefined ? {} : { signal },
  );
}

/** A canary that is in the store if it is the right one, and that will show nothing once it is put again. */
async function takeWitness({ index }: Canaries): Promise<number | undefined> {
  const canary = newest(index);
  const [witness, ...witnesses] = canary.witnesses;
  await index.update({ canary: { ...canary, witnesses } });
  return witness;
}

async function addWitnesses({ index }: Canaries, numbers: readonly number[]): Promise<void> {
  const canary = newest(index);
  const witnesses = [...numbers, ...canary.witnesses].slice(0, WITNESSES);
  await index.update({ canary: { ...canary, witnesses } });
}
