// A bucket of several servers, each below a prefix: to a catalog its own part is all that there is.
import {
  type ObjectStore,
  type VersionedStore,
  withPrefix,
  withVersionPrefix,
} from "@backuppc-archive-s3/s3-transport";
import { createMemoryVersions } from "@backuppc-archive-s3/s3-transport/memory";
import { beforeEach, expect, test } from "vitest";
import { type Catalog, openArchiveWriter, openCatalog, planGc } from "../src/index.ts";
import { chunkOf, ID, keysOf, storeArchive, TRUST } from "./stored-archive.ts";
import { put } from "./memory.ts";

const DAY = 86_400_000;
const NOW = Date.parse("2026-11-22T05:00:00Z");
const CHUNK = `chunks/web.example.com/${chunkOf(ID, 1).name}`;
const BROKEN_OFF = { ...ID, number: 8, attempt: "20261122T040000Z-000001" };
const OTHERS = ["", "site-a", "site-a2/", "site-b/"];
const PURGE = { purgeVersions: true };

let bucket: ReturnType<typeof createMemoryVersions>;
let site: ObjectStore;
let catalog: Catalog;
let now: number;
/** All versions that are outside of the site's part. */
let outside: readonly string[];

beforeEach(async () => {
  now = NOW;
  bucket = createMemoryVersions({ now: () => new Date(now) });
  site = withPrefix(bucket.store, "site-a/");
  catalog = openCatalog(site, { versions: withVersionPrefix(bucket.versions, "site-a/") });
  for (const other of OTHERS) await fill(withPrefix(bucket.store, other));
  outside = await versionsOf(bucket.versions);
  await fill(site);
});

/** An archive, one that broke off, canaries and what nobody knows. */
async function fill(store: ObjectStore): Promise<void> {
  await storeArchive(store);
  await put(store, `archives/web.example.com/8/${BROKEN_OFF.attempt}/started.json`, "{}");
  await put(store, "archives/unknown", "x");
  const writer = openArchiveWriter(store);
  for (const number of [0, 1])
    await writer.canary("one", "web", { id: "epoch", number, kind: "claim" });
}

async function versionsOf(versions: VersionedStore): Promise<string[]> {
  const found: string[] = [];
  for await (const { key, version } of versions.listVersions("")) found.push(`${key} ${version}`);
  return found;
}

test("it shows the archives of its part, by keys that come after the prefix", async () => {
  const unknown: string[] = [];
  const onUnknownKey = (key: string): void => void unknown.push(key);
  const archives = await catalog.list({ onUnknownKey });
  expect(archives.map(({ id }) => id)).toEqual([ID, BROKEN_OFF]);
  expect(unknown).toEqual(["archives/unknown"]);
  expect(await catalog.listHosts()).toEqual([ID.host]);
  expect(catalog.chunkKey(ID.host, chunkOf(ID, 1).name)).toBe(CHUNK);
  const opened = await catalog.open(ID, TRUST);
  const { chunks, sums } = await opened.contents();
  expect(chunks[0]?.key).toBe(CHUNK);
  expect(await keysOf(site)).toEqual(expect.arrayContaining([CHUNK, sums?.key]));
  expect(await catalog.readChunk(ID.host, chunkOf(ID, 1))).toHaveLength(69);
});

test("it finds what is missing in its part alone", async () => {
  const verify = async (): Promise<unknown> => {
    const whole = (await catalog.list()).filter(({ status }) => status === "complete");
    return (await catalog.verify(whole, TRUST)).archives.flatMap(({ findings }) => findings);
  };
  await bucket.store.delete(OTHERS.map((other) => other + CHUNK));
  expect(await verify()).toEqual([]);
  await site.delete([CHUNK]);
  expect(await verify()).toEqual([{ kind: "missing", key: CHUNK }]);
});

test.each([{}, PURGE])("it deletes in its part alone, with %o", async (options) => {
  await openArchiveWriter(site).putKey(ID, 2, Buffer.from("new key"));
  expect(await catalog.dropKeys(ID, 2)).toMatchObject({ deleted: 1, failures: [] });
  expect(await catalog.delete(ID, options)).toMatchObject({
    failures: [],
    ...("purgeVersions" in options ? {} : { keptBy: "versioning" }),
  });
  now += 40 * DAY;
  const plan = planGc(await catalog.takeInventory(ID.host, TRUST, options));
  expect(plan.chunks).toHaveLength(3);
  expect(await catalog.collect(plan, options)).toMatchObject({ failures: [] });
  expect(await catalog.dropOldCanaries()).toEqual([]);
  expect(await keysOf(site)).toEqual(["archives/unknown"]);
  const left = await versionsOf(bucket.versions);
  expect(left.filter((version) => outside.includes(version))).toEqual(outside);
});

test("purged, nothing of it is left but what the program did not create", async () => {
  await catalog.delete(ID, PURGE);
  now += 40 * DAY;
  await catalog.collect(planGc(await catalog.takeInventory(ID.host, TRUST, PURGE)), PURGE);
  const left = await versionsOf(withVersionPrefix(bucket.versions, "site-a/"));
  expect(left.filter((version) => !version.startsWith("uploaders/"))).toEqual([
    expect.stringMatching(/^archives\/unknown /),
  ]);
});
