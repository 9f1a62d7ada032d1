import { bytesBody, type ObjectStore } from "@backuppc-archive-s3/s3-transport";
import { createMemoryStore } from "@backuppc-archive-s3/s3-transport/memory";
import { describe, expect, test } from "vitest";
import { type ArchiveId, newAttemptId, openCatalog, planGc } from "../../src/index.ts";
import { ID, startedOf } from "../archive-of-three.ts";
import { keysOf, storeArchive } from "../stored-archive.ts";

const HOUR = 3_600_000;
const NOW = Date.now();
/** When what the tests store now is stale. */
const LATER = new Date(NOW + 25 * HOUR);

describe("garbage", () => {
  test("is an attempt that never ended, when nothing was stored for a day", async () => {
    const store = createMemoryStore();
    await startArchive(store, ID);
    expect(await planned(store, LATER)).toEqual({ garbage: ["unfinalized 3"], spared: [] });
    await collectAll(store, LATER);
    expect(await keysOf(store)).toEqual([]);
  });

  test("is chunks without their started.json", async () => {
    const store = createMemoryStore();
    await startArchive(store, ID);
    await store.delete([`archives/web.example.com/7/${ID.attempt}/started.json`]);
    expect(await planned(store, LATER)).toEqual({ garbage: ["orphaned 2"], spared: [] });
    await collectAll(store, LATER);
    expect(await keysOf(store)).toEqual([]);
  });

  test("is no archive that has its marker, whatever its age", async () => {
    const store = createMemoryStore();
    await storeArchive(store);
    await storeArchive(store, { id: { ...ID, number: 8 }, sourceErrors: 2 });
    const before = await keysOf(store);
    expect(await planned(store, new Date(NOW + 9999 * HOUR))).toEqual({ garbage: [], spared: [] });
    await collectAll(store, LATER);
    expect(await keysOf(store)).toEqual(before);
  });

  test("is no attempt that began lately, and none that stored a chunk lately", async () => {
    const store = createMemoryStore();
    await startArchive(store, { ...ID, attempt: newAttemptId(new Date(NOW)) });
    const resumed = { ...ID, attempt: newAttemptId(new Date(NOW - 99 * HOUR)) };
    await startArchive(store, resumed);
    const soon = new Date(NOW + 23 * HOUR);
    expect(await planned(store, soon)).toEqual({
      garbage: [],
      spared: ["unfinalized 3", "unfinalized 3"],
    });
  });

  test("is decided by the age that is asked for", async () => {
    const store = createMemoryStore();
    await startArchive(store, ID);
    const inventory = await openCatalog(store).takeInventory();
    const plan = (staleAfter: number): number =>
      planGc(inventory, { now: new Date(NOW + 2 * HOUR), staleAfter }).garbage.length;
    expect([plan(HOUR), plan(3 * HOUR)]).toEqual([1, 0]);
  });
});

test("an attempt that got its marker after the inventory is left alone", async () => {
  const store = createMemoryStore();
  await startArchive(store, ID);
  const catalog = openCatalog(store);
  const { garbage } = planGc(await catalog.takeInventory(), { now: LATER });
  await storeArchive(store);
  const before = await keysOf(store);
  expect(garbage).toHaveLength(1);
  for (const one of garbage) expect(await catalog.collect(one)).toBeUndefined();
  expect(await keysOf(store)).toEqual(before);
});

test("stray keys are told, and never touched", async () => {
  const store = createMemoryStore();
  await startArchive(store, ID);
  const strays = ["archives/notes.txt", "chunks/x", `chunks/web/7/${ID.attempt}/web.7.tar.1`];
  for (const key of [...strays, "elsewhere"]) await store.put(key, bytesBody(Buffer.from("?")));
  const told: string[] = [];
  await openCatalog(store).takeInventory({ onStray: (key) => told.push(key) });
  expect(told.toSorted()).toEqual(strays.toSorted());
  await collectAll(store, LATER);
  expect(await keysOf(store)).toEqual([...strays, "elsewhere"].toSorted());
});

test("an attempt that begins between the two lists is seen as begun", async () => {
  const memory = createMemoryStore();
  const racing: ObjectStore = {
    ...memory,
    async *list(prefix, options) {
      yield* memory.list(prefix, options);
      if ((await keysOf(memory)).length === 0) await startArchive(memory, ID);
    },
  };
  expect(await openCatalog(racing).takeInventory()).toMatchObject([{ begun: true }]);
});

/** Begins an attempt and stores two of its chunks. */
async function startArchive(store: ObjectStore, id: ArchiveId): Promise<void> {
  const catalog = openCatalog(store);
  await catalog.begin(startedOf(id));
  for (const index of [1, 2])
    await store.put(catalog.chunkKey(id, index, ".gpg"), bytesBody(Buffer.from("x")));
}

async function planned(
  store: ObjectStore,
  now: Date,
): Promise<{ garbage: string[]; spared: string[] }> {
  const { garbage, spared } = planGc(await openCatalog(store).takeInventory(), { now });
  return {
    garbage: garbage.map(({ reason, objects }) => `${reason} ${objects}`),
    spared: spared.map(({ status, objects }) => `${status} ${objects}`),
  };
}

async function collectAll(store: ObjectStore, now: Date): Promise<void> {
  const catalog = openCatalog(store);
  const { garbage } = planGc(await catalog.takeInventory(), { now });
  for (const one of garbage) await catalog.collect(one);
}
