import { bytesBody, type ObjectStore } from "@backuppc-archive-s3/s3-transport";
import { createMemoryStore } from "@backuppc-archive-s3/s3-transport/memory";
import { describe, expect, test } from "vitest";
import { openCatalog, planGc } from "../../src/index.ts";
import { ID } from "../archive-of-three.ts";
import { type Death, dyingStore } from "../dying-store.ts";
import { keysOf, storeArchive } from "../stored-archive.ts";
import { recordingStore } from "../recording-store.ts";

const CHUNKS = 2003;
/** marker, manifest and sums, three batches of chunks, started.json; and two lists. */
const REQUESTS = 8;
const LATER = new Date(Date.now() + 2 * 86_400_000);

test("marker, manifest and sums, chunks by the thousand, started.json: in this order", async () => {
  const memory = createMemoryStore();
  await storeArchive(memory, { chunks: CHUNKS, prefix: "site-a/" });
  const deleted: string[][] = [];
  const store: ObjectStore = {
    ...memory,
    delete: async (keys) => (deleted.push([...keys]), await memory.delete(keys)),
  };
  const progress: string[] = [];
  const outcome = await openCatalog(store, { prefix: "site-a/" }).delete(ID, {
    onProgress: ({ done, total }) => progress.push(`${done}/${total}`),
  });
  const names = deleted.map((keys) => keys.map((key) => key.split("/").at(-1)));
  expect(names.filter(({ length }) => length < 3)).toEqual([
    [expect.stringMatching(/^complete\.2003\.\d+\.json$/)],
    ["SHA256SUMS.gpg", "manifest.json"],
    ["started.json"],
  ]);
  expect(deleted.map(({ length }) => length)).toEqual([1, 2, 1000, 1000, 3, 1]);
  expect(progress).toEqual([
    "1/2007",
    "3/2007",
    "1003/2007",
    "2003/2007",
    "2006/2007",
    "2007/2007",
  ]);
  expect(outcome).toMatchObject({ deleted: CHUNKS + 4, failures: [], strays: [] });
  expect(await keysOf(memory)).toEqual([]);
});

describe.each<Death>(["before the request", "amid a batch", "after the request"])(
  "a program that dies %s",
  (death) => {
    const everyRequest = Array.from({ length: REQUESTS }, (_, at) => at);

    test.each(everyRequest)("number %i leaves no complete archive with holes", async (at) => {
      const memory = createMemoryStore();
      await storeArchive(memory, { chunks: CHUNKS });
      const dying = dyingStore(memory, at, death);
      await expect(openCatalog(dying).delete(ID)).rejects.toThrow("died");
      expect(dying.requests()).toBe(at + 1);

      const catalog = openCatalog(memory);
      const [archive] = await catalog.list();
      const left = await keysOf(memory);
      const isWhole = archive?.status === "complete";
      expect(isWhole ? await catalog.verify(ID) : []).toEqual([]);
      // What is left can be seen, and so be deleted.
      expect(archive === undefined).toBe(left.length === 0);

      const copy = await copyOf(memory);
      await openCatalog(copy).delete(ID);
      expect(await keysOf(copy)).toEqual([]);

      const { garbage } = planGc(await catalog.takeInventory(), { now: LATER });
      for (const one of garbage) await catalog.collect(one);
      expect(await keysOf(memory)).toEqual(isWhole ? left : []);
    });

    test("is what these tests cover to the last request", async () => {
      const memory = createMemoryStore();
      await storeArchive(memory, { chunks: CHUNKS });
      const dying = dyingStore(memory, REQUESTS, death);
      await openCatalog(dying).delete(ID);
      expect(dying.requests()).toBe(REQUESTS);
    });
  },
);

describe("what the store will not delete", () => {
  test.each(["complete.", "manifest.json", "SHA256SUMS.gpg", ".00000002."])(
    "is told, and nothing is deleted after it: %s",
    async (name) => {
      const memory = createMemoryStore();
      await storeArchive(memory);
      const outcome = await openCatalog(refusing(memory, name)).delete(ID);
      expect(outcome.failures).toEqual([
        { key: expect.stringContaining(name), reason: "AccessDenied: no" },
      ]);
      const left = await keysOf(memory);
      expect(left).toContainEqual(expect.stringContaining("started.json"));
      expect(left).toContainEqual(expect.stringContaining(name));
      expect((await openCatalog(memory).delete(ID)).failures).toEqual([]);
      expect(await keysOf(memory)).toEqual([]);
    },
  );

  test("is told of each chunk", async () => {
    const memory = createMemoryStore();
    await storeArchive(memory, { chunks: 1500 });
    const outcome = await openCatalog(refusing(memory, "chunks/")).delete(ID);
    expect(outcome.failures).toHaveLength(1500);
    expect(outcome.deleted).toBe(3);
  });
});

test("stray keys in the archive's folders are told and left as they are", async () => {
  const store = createMemoryStore();
  await storeArchive(store);
  const folder = `web.example.com/7/${ID.attempt}`;
  const strays = [`archives/${folder}/notes.txt`, `chunks/${folder}/thumbs.db`];
  for (const key of strays) await store.put(key, bytesBody(Buffer.from("?")));
  expect(await openCatalog(store).delete(ID)).toMatchObject({ deleted: 7, strays });
  expect(await keysOf(store)).toEqual(strays);
});

test("no other archive is touched, nor another attempt, number or host with the same beginning", async () => {
  const store = createMemoryStore();
  const others = [
    { ...ID, attempt: "20261122T031500Z-5f3a9d" },
    { ...ID, number: 70 },
    { ...ID, host: "web" },
    { ...ID, host: "web.example.com.7" },
  ];
  for (const id of [ID, ...others]) await storeArchive(store, { id });
  await openCatalog(store).delete(ID);
  const catalog = openCatalog(store);
  for (const id of others) expect(await catalog.verify(id)).toEqual([]);
  expect(await keysOf(store)).toHaveLength(others.length * 7);
});

test("an archive that is not there is deleted without a request to delete", async () => {
  const store = recordingStore(createMemoryStore());
  expect(await openCatalog(store).delete(ID)).toMatchObject({ deleted: 0, failures: [] });
  expect(store.calls.filter((call) => call.startsWith("delete"))).toEqual([]);
});

function refusing(store: ObjectStore, name: string): ObjectStore {
  return {
    ...store,
    async delete(keys) {
      const refused = keys.filter((key) => key.includes(name));
      await store.delete(keys.filter((key) => !refused.includes(key)));
      return refused.map((key) => ({ key, reason: "AccessDenied: no" }));
    },
  };
}

async function copyOf(store: ObjectStore): Promise<ObjectStore> {
  const copy = createMemoryStore();
  for (const key of await keysOf(store)) await copy.put(key, bytesBody(Buffer.from(key)));
  return copy;
}
