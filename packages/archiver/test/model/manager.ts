import {
  type ArchiveSummary,
  type ArchiveWriter,
  type Catalog,
  CatalogError,
  type Inventory,
  type ListedChunk,
  openArchiveWriter,
  openCatalog,
  planGc,
} from "@backuppc-archive-s3/backup-catalog";
import { checkStore, ChunkIndex } from "../../src/index.ts";
import { pick, sometimes } from "./chance.ts";
import { type Actor, Crash } from "./scheduler.ts";
import { TRUST } from "./signature.ts";
import { steppedStore } from "./stepped-store.ts";
import { HOST, type LeftOut, OWN, type World } from "./shared.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Complete archives that stay. */
const KEPT = 1;

interface Manager {
  readonly world: World;
  readonly actor: Actor;
  readonly catalog: Catalog;
  readonly writer: ArchiveWriter;
  /** Of the chunk index, where it is on this machine; undefined elsewhere. */
  readonly folder: string | undefined;
}

/** Deletes archives and collects garbage, now and then, for as long as the world lasts. */
export async function manage(
  world: World,
  { name, folder }: { readonly name: string; readonly folder: string | undefined },
): Promise<void> {
  const { scheduler, random } = world;
  const actor: Actor = { name, delay: () => 0, crashes: 0.003 };
  const store = steppedStore(world.objects, scheduler, actor);
  for (;;) {
    await scheduler.sleep(actor, random() * 3 * DAY);
    const catalog = openCatalog(store);
    const manager = { world, actor, catalog, writer: openArchiveWriter(store), folder };
    try {
      unhurried(manager);
      if (sometimes(random, 0.8)) await deleteSome(manager);
      if (sometimes(random, 0.8)) await collectGarbage(manager);
      if (sometimes(random, 0.5)) await catalog.dropOldCanaries();
    } catch (error) {
      if (error instanceof Crash) world.tally.crashes += 1;
      else if (!isRefusal(error)) throw error;
    }
  }
}

/** Another manager was faster, or a run may be under way. */
function isRefusal(error: unknown): boolean {
  return (
    error instanceof CatalogError &&
    ["not-found", "may-be-running", "held", "unsteady"].includes(error.code)
  );
}

/** Deletes may take days, and are safe all the same. */
function unhurried({ world: { random }, actor }: Manager): void {
  actor.delay = () => (sometimes(random, 0.98) ? random() * HOUR : random() * 5 * DAY);
}

async function deleteSome({ world: { random }, catalog }: Manager): Promise<void> {
  const archives = (await catalog.list({ host: HOST })).filter(({ deleted }) => !deleted);
  const complete = archives.filter(({ status }) => status === "complete");
  for (const { id } of complete.slice(0, -KEPT)) await catalog.delete(id);
  const other: ArchiveSummary | undefined = pick(random, archives);
  if (other !== undefined && sometimes(random, 0.3)) await catalog.delete(other.id);
}

async function collectGarbage(manager: Manager): Promise<void> {
  const { world, folder } = manager;
  if (folder === undefined || world.locked.has(folder) || sometimes(world.random, 0.3)) {
    await collect(manager, planGc(await inventory(manager)));
    return;
  }
  world.locked.add(folder);
  try {
    await collectAtOnce(manager, folder);
  } finally {
    world.locked.delete(folder);
  }
}

async function collectAtOnce(manager: Manager, folder: string): Promise<void> {
  const { world, actor } = manager;
  const taken = await inventory(manager);
  const found = await world.scheduler.outside(async () => await ChunkIndex.read(folder, HOST));
  if (found === undefined || !("index" in found) || !found.index.hasCanary)
    return await collect(manager, planGc(taken));
  const { index } = found;
  const names = new Set([...index.chunks()].map(({ name }) => name));
  const plan = planGc(taken, { lock: { uploader: OWN, names } });
  const { writer } = manager;
  await world.scheduler.outside(async () => await index.strike(plan.strike));
  const isSafe =
    world.leftOut === "a canary is put before held chunks go" ||
    (await world.scheduler.mixed(actor, async () => await checkStore({ index, writer }))) ===
      "same";
  if (isSafe) await collect(manager, plan);
}

/** An inventory takes less than the protocol's margin. */
async function inventory(manager: Manager): Promise<Inventory> {
  const { world, actor, catalog } = manager;
  const requests = 40 + world.objects.size / 2;
  actor.delay = () => (world.random() * 23 * HOUR) / requests;
  const taken = await catalog.takeInventory(HOST, TRUST);
  unhurried(manager);
  return without(world.leftOut, taken);
}

function without(leftOut: LeftOut | undefined, taken: Inventory): Inventory {
  const { chunks, attempts } = taken;
  if (leftOut === "young chunks stay")
    return { ...taken, chunks: chunks.map((chunk): ListedChunk => ({ ...chunk, modifiedMs: 0 })) };
  if (leftOut === "heads hold their chunks")
    return { ...taken, attempts: attempts.filter(({ marker }) => marker !== undefined) };
  return taken;
}

async function collect(
  { world, catalog }: Manager,
  plan: ReturnType<typeof planGc>,
): Promise<void> {
  world.tally.deletedChunks += plan.chunks.length;
  await catalog.collect(plan);
}
