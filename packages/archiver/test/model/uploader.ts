import { createHash } from "node:crypto";
import { copyFile, mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import {
  type ArchiveWriter,
  CatalogError,
  chunkName,
  FORMAT,
  holdOfRun,
  type Manifest,
  newAttemptId,
  openArchiveWriter,
  type Started,
  sumsOf,
} from "@backuppc-archive-s3/backup-catalog";
import { bytesBody, type ObjectStore } from "@backuppc-archive-s3/s3-transport";
import {
  type Binding,
  type ChunkIndex,
  decideReuse,
  type IndexedChunk,
  openEpoch,
  protectionOf,
  whyTooLate,
} from "../../src/index.ts";
import { sometimes } from "./chance.ts";
import { type Actor, Crash } from "./scheduler.ts";
import { signatureOf } from "./signature.ts";
import { steppedStore } from "./stepped-store.ts";
import { HOST, type LeftOut, type World } from "./shared.ts";

export interface Installation {
  readonly uploader: string;
  /** Of its chunk index. */
  readonly folder: string;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Chunks of a backup. */
const SLOTS = 6;
/** Different contents that there ever are: what was deleted comes back. */
const CONTENTS = 14;

/** Archives the host again and again, as it changes, for as long as the world lasts. */
export async function upload(world: World, installation: Installation): Promise<void> {
  const { scheduler, random, leftOut } = world;
  const actor: Actor = {
    name: `uploader ${installation.uploader}`,
    // A request that is older than a quarter of an hour is refused by the store.
    delay: () => random() * 0.25 * HOUR,
    crashes: 0.01,
  };
  const overwrites = leftOut === "names are unique";
  const store = steppedStore(world.objects, scheduler, actor, {
    overwrites,
    loses: () => sometimes(random, 0.03),
  });
  await scheduler.outside(() => mkdir(installation.folder, { recursive: true }));
  let contents = Array.from({ length: SLOTS }, () => Math.floor(random() * CONTENTS));
  for (let number = 0; ; number++) {
    await scheduler.sleep(actor, nightsBetween(random) * DAY);
    contents = contents.map((content) =>
      sometimes(random, 0.35) ? Math.floor(random() * CONTENTS) : content,
    );
    while (world.locked.has(installation.folder)) await scheduler.sleep(actor, HOUR);
    world.locked.add(installation.folder);
    try {
      await scheduler.outside(() => mishap(random, installation.folder));
      await archive(world, { actor, store, installation }, number, contents);
      world.tally.archives += 1;
    } catch (error) {
      if (error instanceof Crash) world.tally.crashes += 1;
      else if (isRefusal(error, leftOut)) world.tally.refusedHeads += 1;
      else throw error;
    } finally {
      await scheduler.outside(() => mayCopy(random, installation.folder));
      world.locked.delete(installation.folder);
    }
  }
}

/** Mostly one; now and then none for weeks, so that holds run out. */
function nightsBetween(random: () => number): number {
  return sometimes(random, 0.9) ? random() * 2 : random() * 26;
}

/** The index is lost, or replaced by a copy, perhaps once more by the same one. */
async function mishap(random: () => number, folder: string): Promise<void> {
  const [file, copy] = [join(folder, `${HOST}.index`), join(folder, "copy")];
  const fate = random();
  if (fate < 0.02) await rm(file, { force: true });
  else if (fate < 0.14) await copyFile(copy, file).catch(() => {});
}

/** Somebody makes a copy of the machine. */
async function mayCopy(random: () => number, folder: string): Promise<void> {
  if (sometimes(random, 0.3))
    await copyFile(join(folder, `${HOST}.index`), join(folder, "copy")).catch(() => {});
}

class TooLate extends Error {}

/** The head came too late; or where names are used again, the writer saw that something is wrong. */
function isRefusal(error: unknown, leftOut: LeftOut | undefined): boolean {
  if (error instanceof TooLate) return true;
  if (!(error instanceof CatalogError)) return false;
  return (
    error.code === "too-late" ||
    (leftOut === "names are unique" && error.code === "invalid-archive")
  );
}

interface Who {
  readonly actor: Actor;
  readonly store: ObjectStore;
  readonly installation: Installation;
}

async function archive(
  world: World,
  { actor, store, installation }: Who,
  number: number,
  contents: readonly number[],
): Promise<void> {
  const { scheduler } = world;
  const clock = new StoppableClock(store);
  const writer = openArchiveWriter({ ...store, now: () => clock.now() });
  const index = await openIndex(world, actor, writer, installation);
  try {
    const started = timeOf(store);
    const announced: Started = {
      format: FORMAT,
      host: HOST,
      number,
      attempt: attemptOf(world, started),
      started: started.toISOString(),
      tool: "model",
      uploader: installation.uploader,
    };
    await writer.begin(announced);
    if (world.leftOut === "the time is checked before the head") clock.stop();
    const run = { world, store, writer, clock, index, announced, started };
    const placed: Placed[] = [];
    for (const content of contents) {
      placed.push(await place(run, content, placed.length + 1));
      await maySleep(world, actor, 0.015);
    }
    await commit(run, placed, () => maySleep(world, actor, 0.015));
  } finally {
    await scheduler.outside(() => index.close());
  }
}

async function openIndex(
  { scheduler }: World,
  actor: Actor,
  writer: ArchiveWriter,
  { uploader, folder }: Installation,
): Promise<ChunkIndex> {
  const binding: Binding = {
    host: HOST,
    encrypted: false,
    subkeys: [],
    compression: { name: "none", suffix: "" },
    store: { bucket: "model", endpoint: null, prefix: "" },
    uploader,
  };
  const { signal } = new AbortController();
  const options = { folder, binding, writer, publicKey: "public", expectedBytes: 1, signal };
  return await scheduler.mixed(actor, () => openEpoch({ ...options, say: () => {} }));
}

/** The machine sleeps, or the line is down. */
async function maySleep(
  { scheduler, random }: World,
  actor: Actor,
  probability: number,
): Promise<void> {
  if (sometimes(random, probability)) await scheduler.sleep(actor, random() * 24 * DAY);
}

interface Run {
  readonly world: World;
  readonly store: ObjectStore;
  readonly writer: ArchiveWriter;
  readonly clock: StoppableClock;
  readonly index: ChunkIndex;
  readonly announced: Started;
  readonly started: Date;
}

interface Placed {
  readonly chunk: IndexedChunk;
  readonly isNew: boolean;
}

async function place(run: Run, content: number, number: number): Promise<Placed> {
  const { world, store, writer, index, announced, started } = run;
  const digest = sha256(`content ${content}`);
  const known = index.find(digest);
  if (known !== undefined && decideReuse(known, { started }) === "reuse") {
    world.tally.reused += 1;
    return { chunk: known, isNew: false };
  }
  const name = chunkName(announced.attempt, number, "");
  const bytes = Buffer.from(sha256(`${name} ${content} ${started.toISOString()}`));
  const stored = timeOf(store).getTime();
  await store.put(writer.chunkKey(HOST, name), bytesBody(bytes), { onlyIfAbsent: true });
  world.tally.uploaded += 1;
  const chunk: IndexedChunk = {
    digest,
    plainLength: 1,
    name,
    storedLength: bytes.length,
    sha256: bytes.toString(),
    stored,
  };
  await world.scheduler.outside(() => index.add(chunk));
  return { chunk, isNew: true };
}

async function commit(
  run: Run,
  placed: readonly Placed[],
  maySleepNow: () => Promise<void>,
): Promise<void> {
  const { world, store, writer, clock, index, announced, started } = run;
  const { host, number, attempt } = announced;
  const manifest: Manifest = {
    format: FORMAT,
    host,
    number,
    attempt,
    tarBytes: placed.length,
    chunks: placed.map(({ chunk: { name, storedLength, sha256: stored } }, tarOffset) => {
      return { name, tarOffset, tarLength: 1, storedLength, sha256: stored };
    }),
  };
  const digests = placed.map(({ chunk }) => chunk.digest);
  const reused = placed.filter(({ isNew }) => !isNew).map(({ chunk }) => protectionOf(chunk));
  await writer.commit({
    manifest,
    sums: Buffer.from(sumsOf(manifest, digests, [], false)),
    head: {
      ...announced,
      finished: timeOf(store).toISOString(),
      sourceErrors: 0,
      encryption: null,
      compression: { name: "none", suffix: "" },
      members: 1,
    },
    memberDigests: [],
    sign: async (head) => {
      await maySleepNow();
      return signatureOf(head);
    },
    beforeHead: () => {
      if (world.leftOut === "the time is checked before the head") return;
      if (whyTooLate({ started, now: timeOf(store) }, reused) !== undefined) throw new TooLate();
    },
    onHeadStored: async () => {
      const hold = holdOfRun(started).getTime();
      await world.scheduler.outside(() => index.hold(digests, hold, timeOf(store).getTime()));
      if (world.leftOut === "the time is checked before the marker") clock.stop();
      await maySleepNow();
    },
  });
}

/** A name that is used again where that rule is left out: a run that is tried once more on the same day has the same one. */
function attemptOf({ leftOut, random }: World, started: Date): string {
  if (leftOut !== "names are unique") return newAttemptId(started);
  const day = new Date(Math.floor(started.getTime() / (7 * DAY)) * 7 * DAY);
  return `${newAttemptId(day).slice(0, -6)}00000${Math.floor(random() * 2)}`;
}

/** What the writer takes for the store's time: stopped, it sees none go by. */
class StoppableClock {
  readonly #store: ObjectStore;
  #stopped: Date | undefined;

  constructor(store: ObjectStore) {
    this.#store = store;
  }

  now(): Date | undefined {
    return this.#stopped ?? this.#store.now();
  }

  stop(): void {
    this.#stopped = this.#store.now();
  }
}

function timeOf(store: ObjectStore): Date {
  const now = store.now();
  if (now === undefined)
    throw new Error("The model's store tells the time after its first answer.");
  return now;
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
