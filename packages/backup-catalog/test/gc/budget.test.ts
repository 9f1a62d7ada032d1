import type { ObjectStore } from "@backuppc-archive-s3/s3-transport";
import { createMemoryStore, type MemoryObject } from "@backuppc-archive-s3/s3-transport/memory";
import { bytesBody } from "@backuppc-archive-s3/s3-transport";
import { expect, test } from "vitest";
import {
  type ArchiveId,
  assess,
  encodeRanges,
  type Head,
  holdOfRun,
  openCatalog,
  planGc,
  planRetention,
} from "../../src/index.ts";
import { headKey, markerKey } from "../../src/keys.ts";
import { signed, startedOf, TRUST } from "../stored-archive.ts";

const DAY = 86_400_000;
const FIRST = Date.parse("2026-10-20T03:15:00Z");
const ARCHIVES = 30;
const CHUNKS = 16_384;
/** Chunks that each night uploads anew, strewn over the archive. */
const NEW = 400;
const BUDGET = 5_000_000;

test("delete and gc of a host with 30 archives of 16,384 chunks read no more than 5 MB of records", async () => {
  const objects = new Map<string, MemoryObject>();
  let now = FIRST;
  let read = 0;
  const memory = createMemoryStore(objects, { now: () => new Date(now) });
  await storeNights(memory, (time) => void (now = time));
  now = FIRST + 60 * DAY;
  const store: ObjectStore = {
    ...memory,
    get: async (key, options) => {
      read += objects.get(key)?.bytes.length ?? 0;
      return await memory.get(key, options);
    },
  };
  const catalog = openCatalog(store);
  const host = "gandalf";
  const before = await catalog.takeInventory(host, TRUST);
  const facts = assess(before);
  expect(facts.filter(({ damaged }) => !damaged)).toHaveLength(ARCHIVES);
  const doomed = planRetention(facts, { ageDays: 45 }, before.now).filter(
    ({ action }) => action === "delete",
  );
  expect(doomed.length).toBeGreaterThan(5);
  for (const { archive } of doomed) await catalog.delete(archive.id);
  now += DAY;
  const inventory = await catalog.takeInventory(host, TRUST);
  const plan = planGc(inventory);
  expect(plan.chunks.length).toBeGreaterThan(NEW);
  await catalog.collect(plan);
  expect(assess(await catalog.takeInventory(host, TRUST)).some(({ damaged }) => damaged)).toBe(
    false,
  );
  expect(read).toBeLessThan(BUDGET);
});

/** Nights of which each uploads some chunks anew, by chance all over the archive, and names the rest of those before. */
async function storeNights(store: ObjectStore, setNow: (time: number) => void): Promise<void> {
  const places: { attempt: string; index: number }[] = [];
  let seed = 1;
  const random = (): number => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed;
  };
  for (let night = 0; night < ARCHIVES; night++) {
    const { id, started } = startedOf("gandalf", night, new Date(FIRST + night * DAY));
    setNow(started.getTime());
    const changed =
      night === 0
        ? Array.from({ length: CHUNKS }, (_, place) => place)
        : Array.from({ length: NEW }, () => random() % CHUNKS);
    for (const [index, place] of changed.entries()) {
      places[place] = { attempt: id.attempt, index: index + 1 };
      const name = `${id.attempt}/${id.attempt}.${String(index + 1).padStart(8, "0")}.gz.gpg`;
      await store.put(`chunks/gandalf/${name}`, bytesBody(Buffer.from("x")));
    }
    await storeHead(store, id, started, places);
  }
}

async function storeHead(
  store: ObjectStore,
  id: ArchiveId,
  started: Date,
  places: readonly { attempt: string; index: number }[],
): Promise<void> {
  const keeps: Record<string, string> = {};
  for (const [attempt, some] of byAttempt(places))
    keeps[attempt] = encodeRanges(some.map(({ index }) => index).toSorted((a, b) => a - b));
  const head: Head = headOf(id, started, keeps);
  const bytes = Buffer.from(`${JSON.stringify(head, null, 1)}\n`);
  await store.put(headKey(id), bytesBody(bytes));
  await store.put(headKey(id).replace("archive.json", "manifest.json"), bytesBody(Buffer.alloc(9)));
  await store.put(markerKey(id, head), bytesBody(signed(bytes)));
}

function headOf(id: ArchiveId, started: Date, keeps: Readonly<Record<string, string>>): Head {
  const sha256 = "0".repeat(64);
  return {
    format: 1,
    ...id,
    tool: "test 1.0",
    uploader: "server-1",
    started: started.toISOString(),
    finished: started.toISOString(),
    status: "complete",
    sourceErrors: 0,
    encryption: null,
    compression: { suffix: ".gz", name: "gzip" },
    chunks: CHUNKS,
    tarBytes: CHUNKS,
    storedBytes: CHUNKS,
    members: 1,
    newChunks: NEW,
    newBytes: NEW,
    digests: { manifest: sha256, sums: sha256, members: [sha256] },
    holdUntil: holdOfRun(started).toISOString(),
    keeps,
  };
}

function byAttempt(
  places: readonly { attempt: string; index: number }[],
): Map<string, { index: number }[]> {
  const groups = new Map<string, { index: number }[]>();
  for (const { attempt, index } of places) {
    const group = groups.get(attempt) ?? [];
    groups.set(attempt, group);
    group.push({ index });
  }
  return groups;
}
