import {
  createS3,
  type ObjectStore,
  withPrefix,
  withVersionPrefix,
} from "@backuppc-archive-s3/s3-transport";
import { bucketLocation, createBucket } from "@backuppc-archive-s3/test-rig";
import { describe, expect, inject, test } from "vitest";
import { type ArchiveId, type Catalog, newAttemptId, openCatalog } from "../src/index.ts";
import { planLocked } from "./gc/plan-locked.ts";
import { keysOf, storeArchive, TRUST } from "./stored-archive.ts";

const rgw = inject("store");
const ID: ArchiveId = { host: "web.example.com", number: 7, attempt: newAttemptId(new Date()) };

async function open(
  bucket: string,
  options: { versioning?: boolean } = {},
): Promise<{ catalog: Catalog; store: ObjectStore }> {
  await createBucket(rgw, bucket, options);
  const location = bucketLocation(rgw, bucket);
  const s3 = createS3(location);
  const store = withPrefix(s3.store, "site-a/");
  const versions = withVersionPrefix(s3.versions, "site-a/");
  return { catalog: openCatalog(store, { versions }), store };
}

describe("on Ceph RGW", () => {
  test("archives that share chunks are verified, read, deleted one by one, and nothing is left", async () => {
    const { catalog, store } = await open(`catalog-${Date.now()}`);
    const { chunks } = await storeArchive(store, { id: ID, chunks: 1010 });
    const next = { ...ID, number: 8, attempt: newAttemptId(new Date(Date.now() + 1000)) };
    const reused = chunks.slice(1);
    await storeArchive(store, { id: next, reused, chunks: 1 });
    const { archives, damaged } = await catalog.verify(await catalog.list(), TRUST);
    expect(archives.map(({ findings }) => findings)).toEqual([[], []]);
    expect(damaged).toEqual([]);

    expect(await catalog.delete(ID)).toMatchObject({ deleted: 5, failures: [] });
    const plan = planLocked(await catalog.takeInventory(ID.host, TRUST));
    expect(plan.strike).toEqual([chunks[0]?.name]);
    expect(await catalog.collect(plan)).toMatchObject({ deleted: 1, failures: [] });
    const { head } = await catalog.openArchive(next, TRUST);
    const [entry] = (await catalog.readManifest(head)).chunks;
    expect(entry && String(await catalog.readChunk(ID.host, entry))).toBe(`chunk ${entry?.name}`);

    await catalog.delete(next);
    const rest = planLocked(await catalog.takeInventory(ID.host, TRUST));
    expect(await catalog.collect(rest)).not.toHaveProperty("keptBy");
    expect(await keysOf(store)).toEqual([]);
  });

  test("in a bucket that keeps versions a delete frees nothing, and purging does", async () => {
    const { catalog, store } = await open(`kept-${Date.now()}`, { versioning: true });
    await storeArchive(store, { id: ID, chunks: 9 });
    expect(await catalog.delete(ID)).toMatchObject({ deleted: 5, keptBy: "versioning" });
    await catalog.delete(ID, { purgeVersions: true });
    const purge = { purgeVersions: true };
    const plan = planLocked(await catalog.takeInventory(ID.host, TRUST, purge));
    expect(plan.chunks).toHaveLength(9);
    expect(await catalog.collect(plan, purge)).toMatchObject({ deleted: 11, failures: [] });
    const left = await catalog.takeInventory(ID.host, TRUST, purge);
    expect(left).toMatchObject({ chunks: [], attempts: [] });
  });
});
