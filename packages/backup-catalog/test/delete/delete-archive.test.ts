import { bytesBody, type ObjectStore } from "@backuppc-archive-s3/s3-transport";
import { createMemoryStore, type MemoryObject } from "@backuppc-archive-s3/s3-transport/memory";
import { describe, expect, test } from "vitest";
import { openArchiveWriter, openCatalog, planGc } from "../../src/index.ts";
import { type Death, dyingStore } from "../dying-store.ts";
import { recordingStore } from "../recording-store.ts";
import { ID, keysOf, prepareArchive, storeArchive, TRUST } from "../stored-archive.ts";

const DAY = 86_400_000;
const NOW = Date.parse("2026-11-22T05:00:00Z");
const FOLDER = `archives/web.example.com/7/${ID.attempt}`;
const OTHER = { ...ID, number: 8, attempt: "20261122T040000Z-000001" };

test("the marker goes first, then sums, members, manifest and data key; head and chunks stay", async () => {
  const { store } = clocked();
  await storeArchive(store);
  const deleted: string[][] = [];
  const recording: ObjectStore = {
    ...store,
    delete: async (keys) => (deleted.push([...keys]), await store.delete(keys)),
  };
  const progress: string[] = [];
  const outcome = await openCatalog(recording).delete(ID, {
    onProgress: ({ done, total }) => progress.push(`${done}/${total}`),
  });
  expect(deleted.map((keys) => keys.map((key) => key.split("/").at(-1)))).toEqual([
    ["complete.3.207.3.207.sig"],
    ["KEY.1.gpg", "SHA256SUMS.gpg", "manifest.json", "members.0001.gz.gpg"],
  ]);
  expect(progress).toEqual(["1/5", "5/5"]);
  expect(outcome).toMatchObject({ deleted: 5, failures: [], unknownKeys: [] });
  expect(await keysOf(store, "archives/")).toEqual([
    `${FOLDER}/archive.json`,
    `${FOLDER}/started.json`,
  ]);
  expect(await keysOf(store, "chunks/")).toHaveLength(3);
});

/** Its list; marker; the other records. */
const REQUESTS = 3;
const everyRequest = Array.from({ length: REQUESTS }, (_, at) => at);

describe.each<Death>(["before the request", "amid a batch", "after the request"])(
  "a program that dies %s",
  (death) => {
    test.each(everyRequest)("number %i leaves no complete archive with holes", async (at) => {
      const { store, setNow } = clocked();
      const { chunks } = await storeArchive(store);
      await storeArchive(store, { id: OTHER, reused: chunks.slice(0, 1), chunks: 1 });
      const dying = dyingStore(store, at, death);
      await expect(openCatalog(dying).delete(ID)).rejects.toThrow("died");
      expect(dying.requests()).toBe(at + 1);
      await expectNoHoles(store);

      const catalog = openCatalog(store);
      setNow(NOW + DAY + 1);
      await catalog.delete(ID);
      await expectNoHoles(store);
      setNow(NOW + 25 * DAY);
      await catalog.collect(planGc(await catalog.takeInventory(ID.host, TRUST)));
      await expectNoHoles(store);
      expect(await keysOf(store, FOLDER)).toEqual([]);
      expect(await keysOf(store, "chunks/")).toHaveLength(2);
    });

    test("is what these tests cover to the last request", async () => {
      const { store } = clocked();
      await storeArchive(store);
      const dying = dyingStore(store, REQUESTS, death);
      await openCatalog(dying).delete(ID);
      expect(dying.requests()).toBe(REQUESTS);
    });
  },
);

describe("what the store will not delete", () => {
  test.each(["complete.", "manifest.json", "SHA256SUMS.gpg", "KEY.1.gpg"])(
    "is told, and nothing is deleted after it: %s",
    async (name) => {
      const { store, setNow } = clocked();
      await storeArchive(store);
      setNow(NOW + DAY + 1);
      const { failures, freedBytes } = await openCatalog(refusing(store, name)).delete(ID);
      expect(failures).toEqual([
        { key: expect.stringContaining(name), reason: "AccessDenied: no" },
      ]);
      expect(freedBytes > 0).toBe(name !== "complete.");
      expect(await keysOf(store)).toContainEqual(expect.stringContaining(name));
      expect((await openCatalog(store).delete(ID)).failures).toEqual([]);
      expect(await keysOf(store, FOLDER)).toHaveLength(2);
    },
  );
});

describe("an attempt without a marker", () => {
  test("is not deleted while it may be running", async () => {
    const { store, setNow } = clocked();
    await prepareArchive(store, openArchiveWriter(store));
    setNow(NOW + 9 * DAY);
    const deleted = openCatalog(store).delete(ID);
    await expect(deleted).rejects.toMatchObject({ code: "may-be-running" });
    expect(await keysOf(store, FOLDER)).toHaveLength(3);
  });

  test("goes whole when it is older than any run, or its caller knows that none is under way", async () => {
    const { store, setNow } = clocked();
    await prepareArchive(store, openArchiveWriter(store));
    await openCatalog(store).delete(ID, { notRunning: true });
    expect(await keysOf(store, FOLDER)).toEqual([]);
    await prepareArchive(store, openArchiveWriter(store));
    setNow(NOW + 11 * DAY);
    await openCatalog(store).delete(ID);
    expect(await keysOf(store, FOLDER)).toEqual([]);
    // Chunks are for gc.
    expect(await keysOf(store, "chunks/")).toHaveLength(3);
  });

  test("keeps its head, if it has one, and goes when the head is a day old", async () => {
    const { store, setNow } = clocked();
    await storeArchive(store, { withoutMarker: true });
    const catalog = openCatalog(store);
    await expect(catalog.delete(ID)).rejects.toMatchObject({ code: "may-be-running" });
    setNow(NOW + DAY + 1);
    await catalog.delete(ID);
    expect(await keysOf(store, FOLDER)).toHaveLength(2);
    expect(await catalog.delete(ID)).toMatchObject({ deleted: 0, failures: [] });
  });
});

describe("an archive that has lost its head", () => {
  test("stays until every hold that it may have had has run out", async () => {
    const { store, setNow } = clocked();
    await storeArchive(store);
    await store.delete([`${FOLDER}/archive.json`]);
    const catalog = openCatalog(store);
    setNow(NOW + 24 * DAY);
    await expect(catalog.delete(ID)).rejects.toMatchObject({
      code: "held",
      message: expect.stringContaining("until 2026-12-16T05:00:00.000Z"),
    });
    setNow(NOW + 24 * DAY + 1);
    expect(await catalog.delete(ID)).toMatchObject({ deleted: 6, failures: [] });
    expect(await keysOf(store, FOLDER)).toEqual([]);
  });
});

test("unknown keys in the archive's folder are told and left as they are, but for empty folders", async () => {
  const { store } = clocked();
  await storeArchive(store);
  const unknown = `${FOLDER}/notes.txt`;
  await store.put(unknown, bytesBody(Buffer.from("?")));
  await store.put(`${FOLDER}/`, bytesBody(Buffer.alloc(0)));
  expect(await openCatalog(store).delete(ID)).toMatchObject({ deleted: 5, unknownKeys: [unknown] });
  expect(await keysOf(store, FOLDER)).toHaveLength(4);
});

test("no other archive is touched, nor another attempt, number or host with the same beginning", async () => {
  const { store } = clocked();
  const others = [
    { ...ID, attempt: "20261122T031500Z-5f3a9d" },
    { ...ID, number: 70 },
    { ...ID, host: "web" },
    { ...ID, host: "web.example.com.7" },
  ];
  for (const id of [ID, ...others]) await storeArchive(store, { id });
  await openCatalog(store).delete(ID);
  const catalog = openCatalog(store);
  const summaries = (await catalog.list()).filter(({ deleted }) => !deleted);
  const { archives } = await catalog.verify(summaries, TRUST);
  expect(archives).toHaveLength(others.length);
  for (const { findings } of archives) expect(findings).toEqual([]);
});

test("an archive that is not there is not found, without a request to delete", async () => {
  const store = recordingStore(clocked().store);
  await expect(openCatalog(store).delete(ID)).rejects.toMatchObject({ code: "not-found" });
  expect(store.calls.filter((call) => call.startsWith("delete"))).toEqual([]);
});

/** Each archive that is complete can be restored. */
async function expectNoHoles(store: ObjectStore): Promise<void> {
  const catalog = openCatalog(store);
  const complete = (await catalog.list()).filter(({ status }) => status === "complete");
  const { archives } = await catalog.verify(complete, TRUST);
  for (const { findings } of archives) expect(findings).toEqual([]);
  expect(complete.map(({ id }) => id.number)).toContain(OTHER.number);
}

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

function clocked(): { store: ObjectStore; setNow: (time: number) => void } {
  let now = NOW;
  const store = createMemoryStore(new Map<string, MemoryObject>(), { now: () => new Date(now) });
  return { store, setNow: (time) => void (now = time) };
}
