import { bytesBody, type VersionedStore } from "@backuppc-archive-s3/s3-transport";
import { createMemoryStore, createMemoryVersions } from "@backuppc-archive-s3/s3-transport/memory";
import { describe, expect, test } from "vitest";
import { type Catalog, openCatalog, planGc } from "../../src/index.ts";
import { ID, storeArchive, TRUST } from "../stored-archive.ts";

const DAY = 86_400_000;
const NOW = Date.parse("2026-11-22T05:00:00Z");
/** When every hold has run out. */
const LATER = NOW + 25 * DAY;
const FOLDER = `archives/web.example.com/7/${ID.attempt}`;
const OTHER = { ...ID, number: 8, attempt: "20261122T040000Z-000001" };
const PURGE = { purgeVersions: true };

describe("in a bucket that keeps versions", () => {
  test("a delete tells that it freed nothing", async () => {
    const { catalog, store } = bucket();
    await storeArchive(store);
    const outcome = await catalog.delete(ID);
    expect(outcome).toMatchObject({ deleted: 5, failures: [], keptBy: "versioning" });
  });

  test("a delete with purgeVersions leaves the head alone, and gc the rest of nothing", async () => {
    const { catalog, store, versions, setNow } = bucket();
    await storeArchive(store);
    const outcome = await catalog.delete(ID, PURGE);
    expect(outcome).toMatchObject({ deleted: 5, failures: [] });
    expect(outcome).not.toHaveProperty("keptBy");
    expect(await keptOf(versions)).toBe(5);
    setNow(LATER);
    expect(await gc(catalog, PURGE)).toMatchObject({ deleted: 5, failures: [] });
    expect(await keptOf(versions)).toBe(0);
  });

  test("gc without purgeVersions tells that it freed nothing", async () => {
    const { catalog, store, versions, setNow } = bucket();
    await storeArchive(store);
    await catalog.delete(ID);
    setNow(LATER);
    expect(await gc(catalog)).toMatchObject({ deleted: 5, keptBy: "versioning" });
    expect(await keptOf(versions)).toBe(20);
  });

  test("gc with purgeVersions frees what earlier deletes hid, and touches no archive", async () => {
    const { catalog, store, versions, setNow } = bucket();
    const { chunks } = await storeArchive(store);
    await storeArchive(store, { id: OTHER, reused: chunks.slice(0, 1), chunks: 1 });
    await catalog.delete(ID);
    setNow(LATER);
    await gc(catalog);
    const plan = planGc(await catalog.takeInventory(ID.host, TRUST, PURGE));
    expect(plan.attempts).toMatchObject([{ id: ID, reason: "hidden", records: 0 }]);
    expect(plan.chunks.map(({ visible }) => visible)).toEqual([false, false]);
    await catalog.collect(plan, PURGE);
    expect(await keptOf(versions)).toBe(9);
    const { archives } = await catalog.verify(await catalog.list(), TRUST);
    expect(archives.map(({ findings }) => findings)).toEqual([[]]);
  });

  test("a chunk that an archive needs is never purged, not even hidden by a delete marker", async () => {
    const { catalog, store, versions, setNow } = bucket();
    const { chunks } = await storeArchive(store);
    await store.delete(chunks.map(({ name }) => `chunks/web.example.com/${name}`));
    setNow(LATER);
    expect(await gc(catalog, PURGE)).toMatchObject({ deleted: 0 });
    expect(await keptOf(versions)).toBe(13);
  });

  test("an overwritten chunk goes with all that was put under its name", async () => {
    const { catalog, store, versions, setNow } = bucket();
    const { chunks } = await storeArchive(store);
    const key = `chunks/web.example.com/${chunks[0]?.name}`;
    await store.put(key, bytesBody(Buffer.from("again")));
    await catalog.delete(ID, PURGE);
    setNow(LATER);
    const plan = planGc(await catalog.takeInventory(ID.host, TRUST, PURGE));
    expect(plan.chunks[0]).toMatchObject({ length: 5, hiddenBytes: 69 });
    await catalog.collect(plan, PURGE);
    expect(await keptOf(versions)).toBe(0);
  });

  test("without purgeVersions gc sees nothing of what is hidden", async () => {
    const { catalog, store, setNow } = bucket();
    await storeArchive(store);
    await catalog.delete(ID);
    setNow(LATER);
    await gc(catalog);
    expect(await catalog.takeInventory(ID.host, TRUST)).toMatchObject({ chunks: [], attempts: [] });
  });
});

describe("in a bucket with locks", () => {
  test("a delete tells that it freed nothing", async () => {
    const { catalog, store } = bucket(() => true);
    await storeArchive(store);
    expect(await catalog.delete(ID)).toMatchObject({ failures: [], keptBy: "object-lock" });
  });

  test("a locked marker stays, and so does all that it counts", async () => {
    const { catalog, store } = bucket((key) => key.includes("complete."));
    await storeArchive(store);
    const { deleted, failures } = await catalog.delete(ID, PURGE);
    const key = `${FOLDER}/complete.3.207.3.207.sig`;
    expect({ deleted, failures }).toEqual({
      deleted: 0,
      failures: [{ key, reason: "AccessDenied: locked" }],
    });
    const { archives } = await catalog.verify(await catalog.list(), TRUST);
    expect(archives.map(({ findings }) => findings)).toEqual([[]]);
  });

  test("what is locked and hidden stays hidden", async () => {
    const { catalog, store } = bucket(() => true);
    await storeArchive(store);
    await catalog.delete(ID);
    const { failures } = await catalog.delete(ID, PURGE);
    expect(failures).toHaveLength(1);
    expect(await catalog.list()).toMatchObject([{ deleted: true }]);
  });
});

test("a purge that dies at any of its requests leaves no complete archive with holes", async () => {
  let at = 0;
  for (let finished = false; !finished; at++) {
    const { store, versions, setNow } = bucket();
    await storeArchive(store);
    await store.put(`${FOLDER}/SHA256SUMS.gpg`, bytesBody(Buffer.from("again")));
    await store.put(`${FOLDER}/complete.3.207.3.207.sig`, bytesBody(Buffer.from("again")));
    setNow(NOW + 2 * DAY);
    const dying = openCatalog(store, { versions: dyingVersions(versions, at) });
    finished = await dying.delete(ID, PURGE).then(
      () => true,
      () => false,
    );
    const catalog = openCatalog(store, { versions });
    const [archive] = await catalog.list();
    expect(archive?.status === "complete").toBe(at <= 1 && archive?.deleted === false && !finished);
    await catalog.delete(ID, PURGE);
    setNow(LATER);
    await gc(catalog, PURGE);
    expect(await keptOf(versions)).toBe(0);
  }
  // A list; marker; the other records.
  expect(at - 1).toBe(3);
});

test("purgeVersions without versions is refused", async () => {
  const catalog = openCatalog(createMemoryStore());
  const code = "no-versions";
  await expect(catalog.delete(ID, PURGE)).rejects.toMatchObject({ code });
  await expect(catalog.takeInventory(ID.host, TRUST, PURGE)).rejects.toMatchObject({ code });
});

async function gc(catalog: Catalog, options: { purgeVersions?: boolean } = {}): Promise<unknown> {
  const inventory = await catalog.takeInventory(ID.host, TRUST, options);
  return await catalog.collect(planGc(inventory), options);
}

function bucket(isLocked?: (key: string) => boolean): ReturnType<typeof createMemoryVersions> & {
  readonly catalog: Catalog;
  readonly setNow: (time: number) => void;
} {
  let now = NOW;
  const { store, versions } = createMemoryVersions({
    now: () => new Date(now),
    ...(isLocked !== undefined && { isLocked }),
  });
  const catalog = openCatalog(store, { versions });
  return { store, versions, catalog, setNow: (time) => void (now = time) };
}

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
