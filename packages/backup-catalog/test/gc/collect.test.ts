import { bytesBody, type ObjectStore } from "@backuppc-archive-s3/s3-transport";
import { createMemoryStore, type MemoryObject } from "@backuppc-archive-s3/s3-transport/memory";
import { describe, expect, test } from "vitest";
import { assess, type GcOutcome, openArchiveWriter, openCatalog, planGc } from "../../src/index.ts";
import { type Death, dyingStore } from "../dying-store.ts";
import { recordingStore } from "../recording-store.ts";
import { planLocked } from "./plan-locked.ts";
import { ID, keysOf, prepareArchive, storeArchive, TRUST } from "../stored-archive.ts";

const DAY = 86_400_000;
const NOW = Date.parse("2026-11-22T05:00:00Z");
const LATER = NOW + 25 * DAY;
const CHUNKS = "chunks/web.example.com/";
const FOLDER = `archives/web.example.com/7/${ID.attempt}`;
const OTHER = { ...ID, number: 8, attempt: "20261122T040000Z-000001" };

test("chunks go by the thousand, and after them the head and started.json", async () => {
  const { store, setNow } = clocked();
  await storeArchive(store, { chunks: 2003 });
  await openCatalog(store).delete(ID);
  setNow(LATER);
  const recording = recordingStore(store);
  const progress: string[] = [];
  const catalog = openCatalog(recording);
  const plan = planGc(await catalog.takeInventory(ID.host, TRUST));
  recording.calls.length = 0;
  const outcome = await catalog.collect(plan, {
    onProgress: ({ done, total }) => progress.push(`${done}/${total}`),
  });
  expect(recording.calls).toEqual([
    "delete 1000",
    "delete 1000",
    "delete 3",
    `list ${FOLDER}/`,
    "delete 1",
    "delete 1",
  ]);
  expect(progress.at(-1)).toBe("2005/2005");
  expect(outcome).toMatchObject({ deleted: 2005, freedBytes: plan.freedBytes, failures: [] });
  expect(await keysOf(store)).toEqual([]);
});

describe.each<Death>(["before the request", "amid a batch", "after the request"])(
  "a gc that dies %s",
  (death) => {
    test("at any of its requests leaves every archive whole, and the next one ends it", async () => {
      let at = 0;
      for (let finished = false; !finished; at++) {
        const { store, setNow } = clocked();
        const { chunks } = await storeArchive(store);
        await storeArchive(store, { id: OTHER, reused: chunks.slice(1), chunks: 1 });
        await openCatalog(store).delete(ID);
        setNow(LATER);
        finished = await gc(dyingStore(store, at, death)).then(
          () => true,
          () => false,
        );
        await expectWhole(store, [OTHER.number]);
        await gc(store);
        await expectWhole(store, [OTHER.number]);
        expect(await keysOf(store, CHUNKS)).toHaveLength(3);
        expect(await keysOf(store, FOLDER)).toEqual([]);
      }
      // Time, chunks, records, two heads and a marker, the other's that is gone; chunks' delete; a list and two deletes of records.
      expect(at - 1).toBe(11);
    });
  },
);

test("if a chunk stays, so do the records that name it", async () => {
  const { store, setNow } = clocked();
  await storeArchive(store);
  await openCatalog(store).delete(ID);
  setNow(LATER);
  const refusing: ObjectStore = {
    ...store,
    delete: async (keys) => keys.map((key) => ({ key, reason: "AccessDenied: no" })),
  };
  expect((await gc(refusing)).failures).toHaveLength(3);
  expect(await keysOf(store, FOLDER)).toHaveLength(2);
});

test("an attempt that has got a marker since the inventory is left alone", async () => {
  const { store, setNow } = clocked();
  await prepareArchive(store, openArchiveWriter(store), { chunks: 0 }).catch(() => undefined);
  setNow(LATER);
  const catalog = openCatalog(store);
  const plan = planGc(await catalog.takeInventory(ID.host, TRUST));
  expect(plan.attempts).toHaveLength(1);
  await store.put(`${FOLDER}/complete.1.1.1.1.sig`, bytesBody(Buffer.from("late")));
  const before = await keysOf(store, FOLDER);
  expect(await catalog.collect(plan)).toMatchObject({ deleted: 0 });
  expect(await keysOf(store, FOLDER)).toEqual(before);
});

test("with the host's lock a deleted archive is freed at once, and what others name stays", async () => {
  const { store } = clocked();
  const { chunks } = await storeArchive(store);
  await storeArchive(store, { id: OTHER, reused: chunks.slice(0, 1), chunks: 1 });
  const catalog = openCatalog(store);
  await catalog.delete(ID);
  const inventory = await catalog.takeInventory(ID.host, TRUST);
  const plan = planLocked(inventory);
  expect(plan.strike).toEqual(chunks.slice(1).map(({ name }) => name));
  await catalog.collect(plan);
  await expectWhole(store, [OTHER.number]);
  await catalog.delete(OTHER);
  await catalog.collect(planLocked(await catalog.takeInventory(ID.host, TRUST)));
  expect(await keysOf(store)).toEqual([]);
});

test("unknown keys are told, and never touched", async () => {
  const { store, setNow } = clocked();
  await storeArchive(store);
  const unknown = [`${CHUNKS}x`, `${CHUNKS}${ID.attempt}/notes`, "archives/web.example.com/x"];
  for (const key of [...unknown, "elsewhere"]) await store.put(key, bytesBody(Buffer.from("?")));
  await store.put(`${CHUNKS}${ID.attempt}/`, bytesBody(Buffer.alloc(0)));
  const told: string[] = [];
  const catalog = openCatalog(store);
  await catalog.delete(ID);
  setNow(LATER);
  const options = { onUnknownKey: (key: string): number => told.push(key) };
  await catalog.collect(planGc(await catalog.takeInventory(ID.host, TRUST, options)));
  expect(told.toSorted()).toEqual(unknown.toSorted());
  const left = [...unknown, "elsewhere", `${CHUNKS}${ID.attempt}/`];
  expect(await keysOf(store)).toEqual(left.toSorted());
});

test("a head that is put while chunks are listed is seen, since heads are read last", async () => {
  const { store } = clocked();
  let lists = 0;
  const racing: ObjectStore = {
    ...store,
    async *list(prefix, options) {
      yield* store.list(prefix, options);
      if (prefix === CHUNKS && ++lists === 1) await storeArchive(store);
    },
  };
  const inventory = await openCatalog(racing).takeInventory(ID.host, TRUST);
  expect(inventory.attempts).toMatchObject([{ id: ID, head: { state: "read" } }]);
  // Those that the head lacked by the first list.
  expect(inventory.chunks).toHaveLength(3);
  expect(assess(inventory)).toMatchObject([{ damaged: false }]);
});

test("without the store's time nothing is decided", async () => {
  const { store } = clocked();
  const timeless = { ...store, now: () => undefined };
  const inventory = openCatalog(timeless).takeInventory(ID.host, TRUST);
  await expect(inventory).rejects.toMatchObject({ name: "CatalogError", code: "clock" });
});

async function gc(store: ObjectStore): Promise<GcOutcome> {
  const catalog = openCatalog(store);
  return await catalog.collect(planGc(await catalog.takeInventory(ID.host, TRUST)));
}

async function expectWhole(store: ObjectStore, numbers: readonly number[]): Promise<void> {
  const catalog = openCatalog(store);
  const complete = (await catalog.list()).filter(({ status }) => status === "complete");
  expect(complete.map(({ id }) => id.number)).toEqual(numbers);
  const { archives } = await catalog.verify(complete, TRUST);
  for (const { findings } of archives) expect(findings).toEqual([]);
}

function clocked(): { store: ObjectStore; setNow: (time: number) => void } {
  let now = NOW;
  const store = createMemoryStore(new Map<string, MemoryObject>(), { now: () => new Date(now) });
  return { store, setNow: (time) => void (now = time) };
}

test("claims go once nothing of an index from then can be reused, witnesses once their checks are over", async () => {
  const { store, setNow } = clocked();
  const writer = openArchiveWriter(store);
  const put = async (id: string, number: number, kind: "claim" | "witness"): Promise<unknown> =>
    await writer.canary("one", "web", { id, number, kind });
  await writer.putUploaderKey("one", "-----BEGIN");
  for (const id of ["dead", "live"]) {
    await put(id, 0, "claim");
    for (const number of [1, 2, 3]) await put(id, number, "witness");
  }
  setNow(NOW + DAY);
  for (const number of [1, 2]) await put("live", number, "claim");
  const catalog = openCatalog(store);
  expect(await catalog.dropOldCanaries()).toEqual([]);
  expect(await keysOf(store)).toHaveLength(11);
  setNow(NOW + 24.5 * DAY);
  expect(await catalog.dropOldCanaries()).toEqual([]);
  expect(await keysOf(store)).toEqual([
    "uploaders/one/signing-key.public.asc",
    "uploaders/one/web/canary.live.1.claim",
    "uploaders/one/web/canary.live.2.claim",
    "uploaders/one/web/canary.live.3.witness",
  ]);
});
