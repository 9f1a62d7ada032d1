import {
  CreateBucketCommand,
  PutBucketVersioningCommand,
  PutObjectRetentionCommand,
} from "@aws-sdk/client-s3";
import { bucketLocation, createBucket } from "@backuppc-archive-s3/test-rig";
import { describe, expect, inject, test } from "vitest";
import { createS3Client } from "../src/client/s3-client.ts";
import {
  bytesBody,
  createS3,
  type ObjectVersion,
  type S3Location,
  withVersionRetry,
} from "../src/index.ts";
import { versionedStoreContract } from "../src/contract/index.ts";

const rgw = inject("store");
const location = (bucket: string): S3Location => bucketLocation(rgw, bucket);
const named = (what: string): string => `versioned-store-${what}-${Date.now()}`;
const client = await createS3Client(location("any"));

async function versionedBucket(bucket: string, Status: "Enabled" | "Suspended"): Promise<void> {
  await createBucket(rgw, bucket);
  const VersioningConfiguration = { Status };
  await client.send(new PutBucketVersioningCommand({ Bucket: bucket, VersioningConfiguration }));
}

versionedStoreContract("createS3().versions on Ceph RGW", async () => {
  const bucket = named("versions");
  await versionedBucket(bucket, "Enabled");
  const versions = withVersionRetry(createS3(location(bucket)).versions);
  return { store: createS3(location(bucket)).store, versions };
});

describe("what a bucket of Ceph RGW does with deletes", () => {
  test("is told of one that keeps nothing", async () => {
    const bucket = named("plain");
    await createBucket(rgw, bucket);
    const versions = createS3(location(bucket)).versions;
    expect(await versions.protection()).toEqual({ versioning: "off", objectLock: false });
  });

  test("is told of one whose versioning was suspended", async () => {
    const bucket = named("suspended");
    await versionedBucket(bucket, "Suspended");
    const versions = createS3(location(bucket)).versions;
    expect(await versions.protection()).toMatchObject({ versioning: "suspended" });
  });

  test("is told of one with locks, whose locked versions stay and are named", async () => {
    const bucket = named("locked");
    const lockable = { Bucket: bucket, ObjectLockEnabledForBucket: true };
    await client.send(new CreateBucketCommand(lockable));
    const versions = createS3(location(bucket)).versions;
    expect(await versions.protection()).toEqual({ versioning: "enabled", objectLock: true });

    const store = createS3(location(bucket)).store;
    for (const key of ["free", "locked"]) await store.put(key, bytesBody(Buffer.from("x")));
    const RetainUntilDate = new Date(Date.now() + 60_000);
    const Retention = { Mode: "COMPLIANCE" as const, RetainUntilDate };
    await client.send(new PutObjectRetentionCommand({ Bucket: bucket, Key: "locked", Retention }));
    const all: ObjectVersion[] = [];
    for await (const version of versions.listVersions("")) all.push(version);
    const failures = await versions.deleteVersions(all);
    expect(failures).toEqual([{ key: "locked", reason: expect.stringContaining("AccessDenied") }]);
  });

  test("is not told of a bucket that is not there: that is an error", async () => {
    const versions = createS3(location("nowhere")).versions;
    await expect(versions.protection()).rejects.toMatchObject({ code: "no-bucket" });
    const list = versions.listVersions("")[Symbol.asyncIterator]();
    await expect(list.next()).rejects.toMatchObject({ code: "no-bucket" });
  });
});

describe("createS3().buckets", () => {
  test("names the buckets of the credentials", async () => {
    const bucket = named("listed");
    await createBucket(rgw, bucket);
    expect(await createS3(location("any")).buckets.listBuckets()).toContain(bucket);
  });

  test("tells wrong credentials", async () => {
    const credentials = { accessKeyId: rgw.accessKeyId, secretAccessKey: "wrong" };
    const lister = createS3({ ...location("any"), credentials }).buckets;
    await expect(lister.listBuckets()).rejects.toMatchObject({ code: "bad-credentials" });
  });
});
