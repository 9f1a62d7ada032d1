import { type Head, openArchiveWriter, openCatalog } from "@backuppc-archive-s3/backup-catalog";
import {
  bytesBody,
  createS3,
  type ObjectStore,
  type S3,
  type VersionedStore,
  withPrefix,
  withVersionPrefix,
} from "@backuppc-archive-s3/s3-transport";
import {
  bucketLocation,
  createBucket,
  createPolicyUser,
  createStoreUser,
  putBucketPolicy,
} from "@backuppc-archive-s3/test-rig";
import { beforeAll, describe, expect, inject, test } from "vitest";
import { checkStore } from "../../src/doctor/check-store.ts";
import { newProbeKeys } from "../../src/doctor/try-rights.ts";
import { bucketPolicy } from "../../src/policy/bucket-policy.ts";
import type { Role } from "../../src/policy/command.ts";
import { leastPolicy } from "../../src/policy/least-policy.ts";
import { probeUrl } from "../../src/script/probe-url.ts";
import { attemptOf, storeArchive } from "../store-archive.ts";
import { PLAIN_TRUST, PLAIN_VAULT } from "../vault.ts";

const rgw = inject("store");
const PREFIX = "site-a/";
const ID = { host: "gandalf", number: 7, attempt: attemptOf(2) };

interface RoleSite {
  readonly own: ObjectStore;
  readonly versions: VersionedStore;
  readonly owner: ObjectStore;
  /** Of the archive that is there. */
  readonly head: Head;
  readonly chunkKey: string;
  readonly presign: (key: string) => Promise<string>;
}

/** A bucket with an archive, and a user that has exactly the role's rights. */
async function siteOf(role: Role, purgeVersions = false): Promise<RoleSite> {
  const bucket = `${role}-${Date.now()}`;
  await createBucket(rgw, bucket, { versioning: purgeVersions });
  const place = { bucket, prefix: PREFIX, conditionalPuts: false, locks: false, tags: false };
  const policy = leastPolicy(role, place, purgeVersions);
  const user = await createPolicyUser(rgw, { userId: bucket, bucket, policy });
  const location = bucketLocation(rgw, bucket);
  const owner = createS3(location).store;
  const { head, manifest } = await storeArchive(
    { store: withPrefix(owner, PREFIX), vault: PLAIN_VAULT },
    ID,
  );
  if (head === undefined) throw new Error("The archive has no head.");
  await owner.put("site-b/secret", bytesBody(Buffer.from("of another server")));
  const presigner = createS3({ ...location, credentials: user }).presigner;
  return {
    own: createS3({ ...location, credentials: user }).store,
    versions: createS3({ ...location, credentials: user }).versions,
    owner,
    head,
    chunkKey: PREFIX + openCatalog(owner).chunkKey(ID.host, manifest.chunks[0]?.name ?? ""),
    presign: async (key) => (await presigner.presign(key, 60)).url,
  };
}

const CANARY = { id: "epoch", number: 0, kind: "claim" } as const;
const DENIED = { code: "denied" };

describe("an uploader", () => {
  let site: RoleSite;
  beforeAll(async () => {
    site = await siteOf("uploader");
  });

  test("archives, and stores its signing key and canary", async () => {
    const place = { store: withPrefix(site.own, PREFIX), vault: PLAIN_VAULT };
    await storeArchive(place, { ...ID, attempt: attemptOf(1) });
    expect(await openCatalog(withPrefix(site.owner, PREFIX)).list()).toHaveLength(2);
    const writer = openArchiveWriter(withPrefix(site.own, PREFIX));
    expect(await writer.putUploaderKey("one", "key")).toBe("stored");
    expect(await writer.canary("one", "web", CANARY)).toBe("stored");
    expect(await writer.canary("one", "web", CANARY)).toBe("exists");
  });

  test("neither lists nor reads nor deletes, nor stores elsewhere", async () => {
    await expect(openCatalog(withPrefix(site.own, PREFIX)).list()).rejects.toMatchObject(DENIED);
    await expect(site.own.get(site.chunkKey)).rejects.toMatchObject(DENIED);
    expect(await failuresOf(site.own, site.chunkKey)).toHaveLength(1);
    const elsewhere = site.own.put("site-b/x", bytesBody(Buffer.from("x")));
    await expect(elsewhere).rejects.toMatchObject(DENIED);
  });
});

describe("a manager", () => {
  let site: RoleSite;
  beforeAll(async () => {
    site = await siteOf("manager");
  });

  test("lists, reads, verifies, signs, gives new keys, puts canaries, collects and deletes", async () => {
    const catalog = openCatalog(withPrefix(site.own, PREFIX));
    const listed = await catalog.list();
    expect(listed).toHaveLength(1);
    const { archives } = await catalog.verify(listed, PLAIN_TRUST);
    expect(archives).toMatchObject([{ findings: [] }]);
    await probeUrl(await site.presign(site.chunkKey));
    const writer = openArchiveWriter(withPrefix(site.own, PREFIX));
    await writer.putKey(ID, 2, Buffer.from("new key"));
    expect((await catalog.dropKeys(ID, 3)).failures).toEqual([]);
    expect(await writer.canary("one", "web", CANARY)).toBe("stored");
    expect(await site.own.delete([`${PREFIX}uploaders/one/web/canary.epoch.0.claim`])).toEqual([]);
    expect((await catalog.takeInventory(ID.host, PLAIN_TRUST)).chunks).toHaveLength(2);
    expect((await catalog.delete(ID)).failures).toEqual([]);
    expect((await catalog.list()).filter(({ deleted }) => !deleted)).toEqual([]);
    expect(await site.own.delete([site.chunkKey])).toEqual([]);
  });

  test("stores nothing but keys, and does not see another server's", async () => {
    for (const key of [site.chunkKey, `${PREFIX}archives/gandalf/7/archive.json`]) {
      const storing = site.own.put(key, bytesBody(Buffer.from("x")));
      await expect(storing).rejects.toMatchObject(DENIED);
    }
    await expect(site.own.get("site-b/secret")).rejects.toMatchObject(DENIED);
    await expect(openCatalog(withPrefix(site.own, "site-b/")).list()).rejects.toMatchObject(DENIED);
  });
});

test("a manager with --purge-versions deletes every version", async () => {
  const { own, versions } = await siteOf("manager", true);
  const catalog = openCatalog(withPrefix(own, PREFIX), {
    versions: withVersionPrefix(versions, PREFIX),
  });
  expect(await catalog.delete(ID)).toMatchObject({ failures: [] });
  const options = { purgeVersions: true };
  expect(await catalog.delete(ID, options)).toMatchObject({ failures: [] });
  for await (const { key } of versions.listVersions(`${PREFIX}archives/`))
    expect(key).toMatch(/\/(archive|started)\.json$/);
});

describe("a signer", () => {
  let site: RoleSite;
  beforeAll(async () => {
    site = await siteOf("signer");
  });

  test("lists, reads heads and manifests, and signs URLs that work", async () => {
    const catalog = openCatalog(withPrefix(site.own, PREFIX));
    expect(await catalog.list()).toHaveLength(1);
    const { head, trust } = await catalog.openArchive(ID, PLAIN_TRUST);
    expect(trust.state).toBe("verified");
    expect((await catalog.readManifest(head)).chunks).toHaveLength(2);
    await probeUrl(await site.presign(site.chunkKey));
    await probeUrl(await site.presign(PREFIX + catalog.sumsKey(head)));
  });

  test("neither deletes nor stores", async () => {
    expect(await failuresOf(site.own, site.chunkKey)).toHaveLength(1);
    const storing = site.own.put(site.chunkKey, bytesBody(Buffer.from("x")));
    await expect(storing).rejects.toMatchObject(DENIED);
  });
});

describe("an uploader and a manager of a bucket's policy, users that have nothing else", () => {
  const bucket = `keys-${Date.now()}`;
  const place = { bucket, prefix: PREFIX, conditionalPuts: false, locks: false, tags: false };
  let uploader: S3;
  let manager: S3;
  beforeAll(async () => {
    await createBucket(rgw, bucket);
    const [up, man] = await Promise.all(
      ["up", "man"].map(async (name) => await createStoreUser(rgw.configFile, `${name}-${bucket}`)),
    );
    if (up === undefined || man === undefined) throw new Error("There are no users.");
    const arn = ({ userId }: { readonly userId: string }): string => `arn:aws:iam:::user/${userId}`;
    const principals = { uploader: arn(up), manager: arn(man) };
    await putBucketPolicy(rgw, bucket, bucketPolicy(principals, place));
    const location = bucketLocation(rgw, bucket);
    uploader = createS3({ ...location, credentials: up });
    manager = createS3({ ...location, credentials: man });
  });

  test("doctor accepts both keys before anything is stored, and says what each may not", async () => {
    expect(await statesOf(uploader, "uploader")).toEqual(WELL);
    expect(await statesOf(manager, "manager")).toEqual({
      ...WELL,
      get: "unknown",
      "put others": "ok",
    });
    expect(await statesOf(manager, "uploader")).toMatchObject({
      list: "warning",
      delete: "warning",
    });
    expect(await statesOf(uploader, "manager")).toMatchObject({ list: "failed", delete: "failed" });
  });

  test("the uploader does not even read what it has stored, and the manager reads and deletes it", async () => {
    const at = { store: withPrefix(uploader.store, PREFIX), vault: PLAIN_VAULT };
    const { manifest } = await storeArchive(at, ID);
    const catalog = openCatalog(withPrefix(manager.store, PREFIX));
    const chunk = PREFIX + catalog.chunkKey(ID.host, manifest.chunks[0]?.name ?? "");
    await expect(uploader.store.get(chunk)).rejects.toMatchObject(DENIED);
    expect(await failuresOf(uploader.store, chunk)).toHaveLength(1);
    const { archives } = await catalog.verify(await catalog.list(), PLAIN_TRUST);
    expect(archives).toMatchObject([{ findings: [] }]);
    await probeUrl((await manager.presigner.presign(chunk, 60)).url);
    expect(await statesOf(manager, "manager")).toEqual({ ...WELL, "put others": "ok" });
    expect((await catalog.delete(ID)).failures).toEqual([]);
    expect(await manager.store.delete([chunk])).toEqual([]);
  });

  async function statesOf(s3: S3, role: "uploader" | "manager"): Promise<Record<string, string>> {
    const at = { prefix: PREFIX, keys: newProbeKeys(), role, howToMakeBucket: "" };
    const { findings } = await checkStore(withPrefix(s3.store, PREFIX), s3.inspector, at);
    return Object.fromEntries(findings.map(({ check, state }) => [check, state]));
  }
});

const WELL = {
  list: "ok",
  put: "ok",
  "conditional put": "ok",
  digest: "ok",
  checksums: "ok",
  get: "ok",
  delete: "ok",
};

/** RGW answers with the denied key; another store may refuse the whole request. */
async function failuresOf(store: ObjectStore, key: string): Promise<readonly unknown[]> {
  return await store.delete([key]).catch((error: unknown) => [error]);
}
