import { bytesBody, type VersionedStore } from "@backuppc-archive-s3/s3-transport";
import { createMemoryStore, createMemoryVersions } from "@backuppc-archive-s3/s3-transport/memory";
import { describe, expect, test } from "vitest";
import { openCatalog, planGc } from "../../src/index.ts";
import { ID, startedOf } from "../archive-of-three.ts";
import { storeArchive } from "../stored-archive.ts";

const LATER = new Date(Date.now() + 2 * 86_400_000);
const RECORDS = `archives/web.example.com/7/${ID.attempt}`;

describe("in a bucket that keeps versions", () => {
  test("a delete tells that it freed nothing", async () => {
    const { store, versions } = createMemoryVersions();
    await storeArchive(store);
    const outcome = await openCatalog(store, { versions }).delete(ID);
    expect(outcome).toMatchObject({ deleted: 7, failures: [], keptBy: "versioning" });
    expect(await openCatalog(store).list()).toEqual([]);
    expect(await keptOf(versions)).toBe(14);
  });

  test("a delete with purgeVersions leaves nothing", async () => {
    const { store, versions } = createMemoryVersions();
    await storeArchive(store);
    const outcome = await openCatalog(store, { versions }).delete(ID, { purgeVersions: true });
    expect(outcome).toMatchObject({ deleted: 7, failures: [] });
    expect(outcome).not.toHaveProperty("keptBy");
    expect(await keptOf(versions)).toBe(0);
  });

  test("a delete with purgeVersions also frees what an earlier delete hid", async () => {
    const { store, versions } = createMemoryVersions();
    await storeArchive(store);
    const catalog = openCatalog(store, { versions });
    await catalog.delete(ID);
    expect(await catalog.delete(ID, { purgeVersions: true })).toMatchObject({ deleted: 14 });
    expect(await keptOf(versions)).toBe(0);
  });

  test("gc with purgeVersions frees what earlier deletes hid, and touches no archive", async () => {
    const { store, versions } = createMemoryVersions();
    await storeArchive(store);
    const other = { ...ID, number: 8 };
    await storeArchive(store, { id: other });
    const catalog = openCatalog(store, { versions });
    await catalog.delete(ID);
    const inventory = await catalog.takeInventory({ purgeVersions: true });
    const { garbage } = planGc(inventory, { now: new Date() });
    expect(garbage).toMatchObject([
      { id: ID, reason: "hidden", objects: 0, hidden: { versions: 14 } },
    ]);
    for (const one of garbage) await catalog.collect(one, { purgeVersions: true });
    expect(await keptOf(versions)).toBe(7);
    expect(await catalog.verify(other)).toEqual([]);
  });

  test("without purgeVersions gc sees nothing of them", async () => {
    const { store, versions } = createMemoryVersions();
    await storeArchive(store);
    const catalog = openCatalog(store, { versions });
    await catalog.delete(ID);
    expect(await catalog.takeInventory()).toEqual([]);
  });

  test("what an attempt stored since the inventory is not collected", async () => {
    const { store, versions } = createMemoryVersions();
    const catalog = openCatalog(store, { versions });
    await catalog.begin(startedOf(ID));
    const inventory = await catalog.takeInventory({ purgeVersions: true });
    await storeArchive(store);
    const { garbage } = planGc(inventory, { now: LATER });
    expect(garbage).toMatchObject([{ reason: "unfinalized" }]);
    for (const one of garbage)
      expect(await catalog.collect(one, { purgeVersions: true })).toBeUndefined();
    expect(await catalog.verify(ID)).toEqual([]);
  });
});

describe("in a bucket with locks", () => {
  test("a delete tells that it freed nothing", async () => {
    const { store, versions } = createMemoryVersions({ isLocked: () => true });
    await storeArchive(store);
    expect(await openCatalog(store, { versions }).delete(ID)).toMatchObject({
      failures: [],
      keptBy: "object-lock",
    });
  });

  test("a locked marker stays, and so do all that it counts", async () => {
    const { store, versions } = createMemoryVersions({
      isLocked: (key) => key.includes("complete."),
    });
    await storeArchive(store);
    const catalog = openCatalog(store, { versions });
    const { deleted, failures } = await catalog.delete(ID, { purgeVersions: true });
    const key = `${RECORDS}/complete.3.21.json`;
    expect({ deleted, failures }).toEqual({
      deleted: 0,
      failures: [{ key, reason: "AccessDenied: locked" }],
    });
    expect(await catalog.verify(ID)).toEqual([]);
  });

  test("what is locked and hidden stays hidden", async () => {
    const { store, versions } = createMemoryVersions({ isLocked: () => true });
    await storeArchive(store);
    const catalog = openCatalog(store, { versions });
    await catalog.delete(ID);
    const { failures } = await catalog.delete(ID, { purgeVersions: true });
    expect(failures).toHaveLength(1);
    expect(await catalog.list()).toEqual([]);
  });
});

test("a purge that dies at any of its requests leaves no complete archive with holes", async () => {
  let at = 0;
  for (let finished = false; !finished; at++) {
    const { store, versions } = createMemoryVersions();
    await storeArchive(store);
    await store.put(`${RECORDS}/SHA256SUMS.gpg`, bytesBody(Buffer.from("again")));
    const dying = openCatalog(store, { versions: dyingVersions(versions, at) });
    finished = await dying.delete(ID, { purgeVersions: true }).then(
      () => true,
      () => false,
    );
    const catalog = openCatalog(store, { versions });
    const [archive] = await catalog.list();
    expect(archive?.status === "complete" ? await catalog.verify(ID) : []).toEqual([]);
    const { garbage } = planGc(await catalog.takeInventory({ purgeVersions: true }), {
      now: LATER,
    });
    for (const one of garbage) await catalog.collect(one, { purgeVersions: true });
    expect(await keptOf(versions)).toBe(archive?.status === "complete" ? 8 : 0);
  }
  // Two lists; marker, manifest and sums, chunks, started.json.
  expect(at - 1).toBe(6);
});

test("purgeVersions without versions is refused", async () => {
  const catalog = openCatalog(createMemoryStore());
  const code = "no-versions";
  await expect(catalog.delete(ID, { purgeVersions: true })).rejects.toMatchObject({ code });
  await expect(catalog.takeInventory({ purgeVersions: true })).rejects.toMatchObject({ code });
});

/** Dies at a request after it has done half of it. */
function dyingVersions(versions: VersionedStore, at: number): VersionedStore {
  let requests = 0;
  return {
    protection: async (options) => await versions.protection(options),
    async *listVersions(prefix, options) {
      if (requests++ === at) throw new Error("died");
      yield* versions.listVersions(prefix, options);
    },
    async deleteVersions(doomed, options) {
      if (requests++ !== at) return await versions.deleteVersions(doomed, options);
      await versions.deleteVersions(doomed.filter((_, index) => index % 2 === 1));
      throw new Error("died");
    },
  };
}

/** Versions and delete markers in the whole bucket. */
async function keptOf(versions: VersionedStore): Promise<number> {
  let kept = 0;
  for await (const { key } of versions.listVersions("")) kept += key === "" ? 0 : 1;
  return kept;
}
