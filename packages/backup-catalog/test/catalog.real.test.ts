import { text } from "node:stream/consumers";
import {
  createS3Store,
  createS3VersionedStore,
  type S3Location,
} from "@backuppc-archive-s3/s3-transport";
import { bucketLocation, createBucket } from "@backuppc-archive-s3/test-rig";
import { describe, expect, inject, test } from "vitest";
import { type Catalog, openCatalog, planGc } from "../src/index.ts";
import { ID, startedOf } from "./archive-of-three.ts";
import { storeArchive } from "./stored-archive.ts";

const rgw = inject("realParts").store;
const LATER = new Date(Date.now() + 2 * 86_400_000);

async function catalogIn(
  bucket: string,
  { chunks = 9, ...options }: { chunks?: number; versioning?: boolean } = {},
): Promise<{ catalog: Catalog; location: S3Location }> {
  await createBucket(rgw, bucket, options);
  const location = bucketLocation(rgw, bucket);
  const store = createS3Store(location);
  await storeArchive(store, { chunks, prefix: "site-a/" });
  const versions = createS3VersionedStore(location);
  return { catalog: openCatalog(store, { prefix: "site-a/", versions }), location };
}

describe("on Ceph RGW", () => {
  test("an archive is verified, read, deleted, and nothing of it is left", async () => {
    const { catalog, location } = await catalogIn(`catalog-${Date.now()}`, { chunks: 1010 });
    expect(await catalog.verify(ID)).toEqual([]);
    const [chunk] = (await catalog.readManifest(ID)).chunks;
    expect(chunk && (await text(catalog.readChunk(chunk)))).toBe("chunk 1");
    const outcome = await catalog.delete(ID);
    expect(outcome).toMatchObject({ deleted: 1014, failures: [], strays: [] });
    expect(outcome).not.toHaveProperty("keptBy");
    for await (const { key } of createS3Store(location).list("")) expect(key).toBe("gone");
  });

  test("in a bucket that keeps versions a delete frees nothing, and gc does with purgeVersions", async () => {
    const { catalog } = await catalogIn(`kept-${Date.now()}`, { versioning: true });
    expect(await catalog.delete(ID)).toMatchObject({ deleted: 13, keptBy: "versioning" });
    expect(await catalog.list()).toEqual([]);

    const inventory = await catalog.takeInventory({ purgeVersions: true });
    const { garbage } = planGc(inventory, { now: LATER });
    expect(garbage).toMatchObject([{ reason: "hidden", hidden: { versions: 26 } }]);
    for (const one of garbage) await catalog.collect(one, { purgeVersions: true });
    expect(await catalog.takeInventory({ purgeVersions: true })).toEqual([]);
  });

  test("an attempt that broke off is garbage when it is stale", async () => {
    const { catalog } = await catalogIn(`stale-${Date.now()}`);
    const id = { ...ID, number: 8 };
    await catalog.begin(startedOf(id));
    const { garbage } = planGc(await catalog.takeInventory(), { now: LATER });
    expect(garbage).toMatchObject([{ id, reason: "unfinalized", objects: 1 }]);
    for (const one of garbage) await catalog.collect(one);
    expect(await catalog.list()).toMatchObject([{ id: ID, status: "complete" }]);
  });
});
