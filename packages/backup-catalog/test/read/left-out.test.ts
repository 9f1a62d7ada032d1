// What lists leave out is not gone: no verdict comes of one list alone, nor of several that the store contradicts.
import type { ObjectStore } from "@backuppc-archive-s3/s3-transport";
import { createMemoryStore, type MemoryObject } from "@backuppc-archive-s3/s3-transport/memory";
import { describe, expect, test } from "vitest";
import { type ArchiveId, assess, openCatalog, planGc } from "../../src/index.ts";
import { leavingOut } from "../leaving-out.ts";
import { ID, keysOf, storeArchive, TRUST } from "../stored-archive.ts";

const DAY = 86_400_000;
const LATER: ArchiveId = { ...ID, number: 8, attempt: "20261123T031500Z-000001" };
const FOLDER = `archives/${ID.host}/7/${ID.attempt}`;

/** Two archives, so many days ago. */
async function stored(days = 30): Promise<ObjectStore> {
  let now = Date.parse("2026-11-22T05:00:00Z");
  const store = createMemoryStore(new Map<string, MemoryObject>(), { now: () => new Date(now) });
  const { chunks } = await storeArchive(store);
  await storeArchive(store, { id: LATER, chunks: 1, reused: chunks });
  now += days * DAY;
  return store;
}

const KEYS: readonly (readonly [string, RegExp])[] = [
  ["a chunk", /00000002/],
  ["all chunks", /^chunks/],
  ["the head", /archive\.json/],
  ["the marker", /complete\./],
  ["the manifest", /manifest/],
  ["the sums", /SHA256SUMS/],
  ["the data key", /KEY/],
  ["the member index", /members/],
  ["all records", /^archives/],
];

/** What is read by its name alone. */
const READ: ReadonlySet<string> = new Set(["the head", "the manifest"]);

describe.each(KEYS)("A list that leaves out %s", (_, keys) => {
  test("is no damage, and no lack to retention", async () => {
    const store = await stored();
    const archives = await openCatalog(store).list();
    const spoilt = openCatalog(leavingOut(store, keys, 1));
    const { archives: checks, damaged } = await spoilt.verify(archives, TRUST);
    expect(checks.flatMap(({ findings }) => findings)).toEqual([]);
    expect(damaged).toEqual([]);
    const inventory = await openCatalog(leavingOut(store, keys, 1)).takeInventory(ID.host, TRUST);
    expect(assess(inventory)).toMatchObject([
      { damaged: false, status: "complete", trust: "verified" },
      { damaged: false, status: "complete", trust: "verified" },
    ]);
    expect(planGc(inventory).chunks).toEqual([]);
  });
});

describe("A store that leaves out each time", () => {
  const verified = async (keys: RegExp): Promise<unknown> => {
    const store = await stored();
    const archives = await openCatalog(store).list();
    const report = await openCatalog(leavingOut(store, keys)).verify(archives, TRUST);
    return report.archives.flatMap(({ findings }) => findings);
  };

  test.each(KEYS.filter(([what]) => !READ.has(what)))(
    "%s is asked for it, and not believed",
    async (_, keys) => {
      await expect(verified(keys)).rejects.toMatchObject({ code: "unsteady" });
    },
  );

  test.each(KEYS.filter(([what]) => READ.has(what)))(
    "%s gives it all the same",
    async (_, keys) => {
      expect(await verified(keys)).toEqual([]);
    },
  );
});

test("What is lost is lost, by two lists and by asking for some of it", async () => {
  const store = await stored();
  const chunks = await keysOf(store, "chunks/");
  await store.delete(chunks.slice(1, 2));
  const [one, two] = (await openCatalog(store).verify(await openCatalog(store).list(), TRUST))
    .archives;
  expect(one?.findings).toEqual([{ kind: "missing", key: chunks[1] }]);
  expect(two?.findings).toEqual([{ kind: "missing", key: chunks[1] }]);
});

describe("Where each list leaves out the marker", () => {
  test("an archive is not deleted: it would look complete, with holes", async () => {
    const store = await stored();
    const before = await keysOf(store);
    const catalog = openCatalog(leavingOut(store, /complete\./));
    await expect(catalog.delete(ID)).rejects.toMatchObject({ code: "unsteady" });
    expect(await keysOf(store)).toEqual(before);
  });

  test("gc keeps the chunks of what may be a run that broke off before its marker", async () => {
    const store = leavingOut(await stored(5), /complete\./);
    const plan = planGc(await openCatalog(store).takeInventory(ID.host, TRUST));
    expect(plan).toMatchObject({ chunks: [], attempts: [] });
  });

  test.each([
    ["and the hold is over", /complete\./, 40],
    ["and the manifest", /complete\.|manifest/, 5],
    ["and the head", /complete\.|archive\.json/, 40],
  ])("%s, gc says so and takes nothing for garbage", async (_, keys, days) => {
    const store = leavingOut(await stored(days), keys);
    const inventory = openCatalog(store).takeInventory(ID.host, TRUST);
    await expect(inventory).rejects.toMatchObject({ code: "unsteady" });
  });
});

test("An archive that one list leaves out is in a steady list", async () => {
  const spoilt = leavingOut(await stored(), new RegExp(ID.attempt), 1);
  expect(await openCatalog(spoilt).list({ host: ID.host, steady: true })).toHaveLength(2);
});

describe("A record that comes changed once", () => {
  const names = ["archive.json", "complete.3.207.3.207.sig", "manifest.json"];

  test.each(names)("is read again by verify: %s", async (name) => {
    const { store, left } = changing(await stored(), name);
    const catalog = openCatalog(store);
    const { archives } = await catalog.verify(await catalog.list(), TRUST);
    expect(archives.flatMap(({ findings }) => findings)).toEqual([]);
    expect(left()).toBe(0);
  });

  test.each(names.slice(0, 2))("is read again by gc and retention: %s", async (name) => {
    const { store, left } = changing(await stored(), name);
    const inventory = await openCatalog(store).takeInventory(ID.host, TRUST);
    expect(assess(inventory).map(({ trust }) => trust)).toEqual(["verified", "verified"]);
    expect(planGc(inventory).refusal).toBeUndefined();
    expect(left()).toBe(0);
  });
});

/** Half of the record comes, the first time. */
function changing(store: ObjectStore, name: string): { store: ObjectStore; left: () => number } {
  let left = 1;
  const get: ObjectStore["get"] = async (key, options) => {
    const body = await store.get(key, options);
    if (key !== `${FOLDER}/${name}` || left === 0) return body;
    left--;
    return halfOf(body);
  };
  return { store: { ...store, get }, left: () => left };
}

async function* halfOf(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const bytes of body) yield bytes.subarray(0, bytes.length >> 1);
}
