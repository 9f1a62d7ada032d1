import { createMemoryStore, type MemoryObject } from "@backuppc-archive-s3/s3-transport/memory";
import { describe, expect, test } from "vitest";
import { openCatalog, planGc } from "../src/index.ts";
import { archiveOfThree, ID, startedOf } from "./archive-of-three.ts";
import { type Fate, recordingStore } from "./recording-store.ts";

const FOLDER = `site-a/archives/web.example.com/7/${ID.attempt}/`;

test("writes with nothing but puts, the marker last, and overwrites no record", async () => {
  const store = recordingStore(createMemoryStore());
  const catalog = openCatalog(store, { prefix: "site-a/" });
  await catalog.begin(startedOf(ID));
  await catalog.commit(archiveOfThree(catalog, ID));
  expect(store.calls).toEqual([
    `put-once ${FOLDER}started.json`,
    `put-once ${FOLDER}manifest.json`,
    `put ${FOLDER}SHA256SUMS.gpg`,
    `put-once ${FOLDER}complete.3.300.json`,
  ]);
});

test("an archive whose source had errors is partial", async () => {
  const catalog = openCatalog(createMemoryStore());
  await catalog.begin(startedOf(ID));
  await catalog.commit(archiveOfThree(catalog, ID, 2));
  expect(await catalog.list()).toMatchObject([{ status: "partial", chunks: 3, storedBytes: 300 }]);
});

describe("a commit that is tried again", () => {
  test.each(["manifest.json", "SHA256SUMS.gpg", "complete.3.300.json"])(
    "completes the archive after the answer for %s was lost",
    async (name) => {
      const store = recordingStore(createMemoryStore(), firstTime(name, "lost"));
      const catalog = openCatalog(store);
      await catalog.begin(startedOf(ID));
      const commit = archiveOfThree(catalog, ID);
      await expect(catalog.commit(commit)).rejects.toThrow("lost");
      await catalog.commit(commit);
      expect(await catalog.list()).toMatchObject([{ status: "complete" }]);
    },
  );

  test.each(["manifest.json", "SHA256SUMS.gpg", "complete.3.300.json"])(
    "leaves the archive unfinalized while %s can't be put",
    async (name) => {
      const store = recordingStore(createMemoryStore(), firstTime(name, "failed"));
      const catalog = openCatalog(store);
      await catalog.begin(startedOf(ID));
      await expect(catalog.commit(archiveOfThree(catalog, ID))).rejects.toThrow("failed");
      expect(await catalog.list()).toMatchObject([{ status: "unfinalized" }]);
    },
  );

  test("is refused to a catalog that did not begin the attempt", async () => {
    const store = createMemoryStore();
    const [first, second] = [openCatalog(store), openCatalog(store)];
    await first.begin(startedOf(ID));
    await first.commit(archiveOfThree(first, ID));
    await expect(second.commit(archiveOfThree(second, ID))).rejects.toMatchObject({
      name: "CatalogError",
      code: "attempt-taken",
    });
  });
});

test("an attempt may be begun again", async () => {
  const catalog = openCatalog(createMemoryStore());
  await catalog.begin(startedOf(ID));
  await catalog.begin(startedOf(ID));
  expect(await catalog.list()).toMatchObject([{ id: ID, status: "unfinalized" }]);
});

test("an attempt that is resumed is young again, and may be committed by the new run", async () => {
  const objects = new Map<string, MemoryObject>();
  const store = createMemoryStore(objects);
  await openCatalog(store).begin(startedOf(ID));
  const key = `archives/web.example.com/7/${ID.attempt}/started.json`;
  const old = objects.get(key);
  if (old === undefined) throw new Error("The attempt was not begun.");
  objects.set(key, { ...old, modified: new Date(0) });
  const catalog = openCatalog(store);
  await catalog.resume(startedOf(ID));
  expect(objects.get(key)?.bytes.equals(old.bytes)).toBe(true);
  const now = new Date();
  const isSpared = planGc(await catalog.takeInventory(), { now }).spared.length === 1;
  expect(isSpared).toBe(true);
  const commit = archiveOfThree(catalog, ID);
  await catalog.commit(commit);
  await catalog.commit(commit);
  expect(await catalog.list()).toMatchObject([{ status: "complete" }]);
});

describe("stores nothing of", () => {
  test("an attempt with a malformed id", async () => {
    const store = recordingStore(createMemoryStore());
    const begin = openCatalog(store).begin(startedOf({ ...ID, attempt: "../../x" }));
    await expect(begin).rejects.toMatchObject({ code: "invalid-archive" });
    expect(store.calls).toEqual([]);
  });

  test("a manifest and a marker that disagree", async () => {
    const store = recordingStore(createMemoryStore());
    const catalog = openCatalog(store);
    const { marker, ...rest } = archiveOfThree(catalog, ID);
    const fewer = { ...rest, marker: { ...marker, chunks: 2 } };
    await expect(catalog.commit(fewer)).rejects.toMatchObject({ code: "invalid-archive" });
    const other = { ...rest, marker: { ...marker, number: 8 } };
    await expect(catalog.commit(other)).rejects.toMatchObject({ code: "invalid-archive" });
    expect(store.calls).toEqual([]);
  });
});

test("chunks are numbered up to 99,999,999", () => {
  const catalog = openCatalog(createMemoryStore());
  expect(catalog.chunkKey(ID, 99_999_999, ".gpg")).toMatch(/\.99999999\.gpg$/);
  expect(() => catalog.chunkKey(ID, 100_000_000, ".gpg")).toThrow("more than 99999999 chunks");
});

function firstTime(name: string, fate: Fate): (key: string) => Fate {
  let done = false;
  return (key) => {
    if (done || !key.endsWith(name)) return "stored";
    done = true;
    return fate;
  };
}
