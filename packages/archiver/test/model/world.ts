import { constants } from "node:fs";
import { access, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Losses } from "./losses.ts";
import { manage } from "./manager.ts";
import { type Actor, Ended, Scheduler } from "./scheduler.ts";
import { seededRandom } from "./seeded-random.ts";
import { type LeftOut, OTHER, OWN, type Tally, type World } from "./shared.ts";
import { upload } from "./uploader.ts";

export interface WorldOptions {
  readonly seed: number;
  /** Days that the world lasts. */
  readonly days: number;
  readonly leftOut?: LeftOut;
}

export interface WorldOutcome extends Tally {
  /** Complete archives that lost a chunk, or never had it. */
  readonly losses: readonly string[];
}

/**
 * A store with one host that two installations archive, and two managers that delete and collect: the real
 * chunk index, writer, inventory, planner and collector over a store in memory, in random order, with crashes, lost
 * and old indexes.
 */
export async function runWorld({ seed, days, leftOut }: WorldOptions): Promise<WorldOutcome> {
  const random = seededRandom(seed);
  const scheduler = new Scheduler(random);
  const losses = new Losses();
  const objects = losses.watched();
  const tally = noTally();
  const world: World = { scheduler, random, objects, leftOut, tally, locked: new Set() };
  const folder = await mkdtemp(join(await memoryFolder(), "model-"));
  try {
    const own = join(folder, "own");
    const actors = [
      upload(world, { uploader: OWN, folder: own }),
      ...(random() < 0.3
        ? [upload(world, { uploader: OTHER, folder: join(folder, "other") })]
        : []),
      manage(world, { name: "near", folder: random() < 0.7 ? own : undefined }),
      manage(world, { name: "far", folder: undefined }),
      ...(random() < 0.2 ? [emptyNowAndThen(world)] : []),
    ];
    const ends = Promise.allSettled(actors);
    await scheduler.runUntil(scheduler.now + days * 86_400_000);
    for (const end of await ends)
      if (end.status === "rejected" && !(end.reason instanceof Ended)) throw end.reason;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return { ...tally, losses: losses.found };
}

/** Somebody makes the bucket anew while no run is under way: what was archived is gone, what comes must not rely on it. */
async function emptyNowAndThen({
  scheduler,
  random,
  locked,
  objects,
  tally,
}: World): Promise<void> {
  const actor: Actor = { name: "owner", delay: () => 0, crashes: 0 };
  for (;;) {
    await scheduler.sleep(actor, random() * 40 * 86_400_000);
    if (locked.size > 0) continue;
    objects.clear();
    tally.emptied += 1;
  }
}

/** Where a file that must be on the disk is so at once: thousands are. */
async function memoryFolder(): Promise<string> {
  return await access("/dev/shm", constants.W_OK).then(() => "/dev/shm", tmpdir);
}

function noTally(): Tally {
  return {
    archives: 0,
    reused: 0,
    uploaded: 0,
    deletedChunks: 0,
    crashes: 0,
    refusedHeads: 0,
    emptied: 0,
  };
}
