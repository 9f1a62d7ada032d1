import {
  bytesBody,
  createPresigner,
  createS3Store,
  createS3VersionedStore,
  type ObjectStore,
  type VersionedStore,
} from "@backuppc-archive-s3/s3-transport";
import { openCatalog } from "@backuppc-archive-s3/backup-catalog";
import { bucketLocation, createBucket, createPolicyUser } from "@backuppc-archive-s3/test-rig";
import { beforeAll, describe, expect, inject, test } from "vitest";
import type { Role } from "../../src/command-line/invocation.ts";
import { leastPolicy } from "../../src/policy/least-policy.ts";
import { probeUrl } from "../../src/script/probe-url.ts";
import { archiveOfTwo } from "../archive-of-two.ts";
import { attemptOf } from "../sealed-archive.ts";

const rgw = inject("realParts").store;
const PREFIX = "site-a/";
const ID = { host: "gandalf", number: 7, attempt: attemptOf(2) };

interface RoleSite {
  readonly own: ObjectStore;
  readonly versions: VersionedStore;
  readonly owner: ObjectStore;
  readonly presign: (key: string) => Promise<string>;
}

/** A bucket with an archive, and a user that has exactly the role's rights. */
async function siteOf(role: Role, purgeVersions = false): Promise<RoleSite> {
  const bucket = `${role}-${Date.now()}`;
  await createBucket(rgw, bucket, { versioning: purgeVersions });
  const policy = leastPolicy(role, { bucket, prefix: PREFIX }, purgeVersions);
  const user = await createPolicyUser(rgw, { userId: bucket, bucket, policy });
  const location = bucketLocation(rgw, bucket);
  const owner = createS3Store(location);
  await archiveOfTwo(owner, openCatalog(owner, { prefix: PREFIX }), ID);
  await owner.put("site-b/secret", bytesBody(Buffer.from("of another server")));
  const presigner = createPresigner({ ...location, credentials: user });
  return {
    own: createS3Store({ ...location, credentials: user }),
    versions: createS3VersionedStore({ ...location, credentials: user }),
    owner,
    presign: async (key) => (await presigner.presign(key, 60)).url,
  };
}

const DENIED = { code: "denied" };
const KEY = openCatalog(createS3Store({ bucket: "x", region: "x" }), { prefix: PREFIX }).chunkKey(
  ID,
  1,
  "",
);

describe("an uploader", () => {
  let site: RoleSite;
  beforeAll(async () => {
    site = await siteOf("uploader");
  });

  test("archives", async () => {
    const id = { ...ID, attempt: attemptOf(1) };
    await archiveOfTwo(site.own, openCatalog(site.own, { prefix: PREFIX }), id);
    expect(await openCatalog(site.owner, { prefix: PREFIX }).list()).toHaveLength(2);
  });

  test("neither lists nor reads nor deletes, nor stores elsewhere", async () => {
    await expect(openCatalog(site.own, { prefix: PREFIX }).list()).rejects.toMatchObject(DENIED);
    await expect(site.own.get(KEY)).rejects.toMatchObject(DENIED);
    expect(await failuresOf(site.own, KEY)).toHaveLength(1);
    const elsewhere = site.own.put("site-b/x", bytesBody(Buffer.from("x")));
    await expect(elsewhere).rejects.toMatchObject(DENIED);
  });
});

describe("a manager", () => {
  let site: RoleSite;
  beforeAll(async () => {
    site = await siteOf("manager");
  });

  test("lists, reads, verifies, signs, collects and deletes", async () => {
    const catalog = openCatalog(site.own, { prefix: PREFIX });
    expect(await catalog.list()).toHaveLength(1);
    expect(await catalog.verify(ID)).toEqual([]);
    await probeUrl(await site.presign(KEY));
    expect(await catalog.takeInventory()).toHaveLength(1);
    expect((await catalog.delete(ID)).failures).toEqual([]);
    expect(await catalog.list()).toEqual([]);
  });

  test("stores nothing, and does not see another server's", async () => {
    const storing = site.own.put(KEY, bytesBody(Buffer.from("x")));
    await expect(storing).rejects.toMatchObject(DENIED);
    await expect(site.own.get("site-b/secret")).rejects.toMatchObject(DENIED);
    await expect(openCatalog(site.own, { prefix: "site-b/" }).list()).rejects.toMatchObject(DENIED);
  });
});

test("a manager with --purge-versions deletes every version", async () => {
  const { own, versions } = await siteOf("manager", true);
  const catalog = openCatalog(own, { prefix: PREFIX, versions });
  expect(await catalog.delete(ID)).toMatchObject({ failures: [] });
  expect(await catalog.delete(ID, { purgeVersions: true })).toMatchObject({ failures: [] });
  for await (const { key } of versions.listVersions(PREFIX)) expect(key).toBe("left");
});

describe("a signer", () => {
  let site: RoleSite;
  beforeAll(async () => {
    site = await siteOf("signer");
  });

  test("lists, reads manifests and signs URLs that work", async () => {
    const catalog = openCatalog(site.own, { prefix: PREFIX });
    expect(await catalog.list()).toHaveLength(1);
    expect((await catalog.readManifest(ID)).chunks).toHaveLength(2);
    await probeUrl(await site.presign(KEY));
    await probeUrl(await site.presign(catalog.sumsKey(ID)));
  });

  test("neither deletes nor stores", async () => {
    expect(await failuresOf(site.own, KEY)).toHaveLength(1);
    const storing = site.own.put(KEY, bytesBody(Buffer.from("x")));
    await expect(storing).rejects.toMatchObject(DENIED);
  });
});

/** RGW tells a denied delete by key; another store may refuse the whole request. */
async function failuresOf(store: ObjectStore, key: string): Promise<readonly unknown[]> {
  return await store.delete([key]).catch((error: unknown) => [error]);
}
