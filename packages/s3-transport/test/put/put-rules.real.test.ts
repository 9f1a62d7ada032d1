import {
  CreateBucketCommand,
  GetObjectRetentionCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import {
  adminCommand,
  bucketLocation,
  createBucket,
  createUploader,
} from "@backuppc-archive-s3/test-rig";
import { describe, expect, inject, test } from "vitest";
import {
  bytesBody,
  createS3,
  type S3Location,
  withContentMd5,
  withRetry,
  withStorageClass,
} from "../../src/index.ts";

const rgw = inject("store");
const { endpoint, region, accessKeyId, secretAccessKey } = rgw;
const credentials = { accessKeyId, secretAccessKey };
const client = new S3Client({ endpoint, region, credentials, forcePathStyle: true });
const location = (bucket: string): S3Location => bucketLocation(rgw, bucket);
const large = bytesBody(Buffer.alloc(20_000_000, "x"));
const small = bytesBody(Buffer.from("x"));

describe("Ceph RGW", () => {
  const bucket = `rules-${Date.now()}`;

  test("keeps tags and a storage class of its own naming", async () => {
    await createBucket(rgw, bucket);
    const store = createS3({ ...location(bucket), tags: { purpose: "backup & more" } }).store;
    await withStorageClass(store, "STANDARD").put("tagged", small);
    const { TagSet } = await client.send(
      new GetObjectTaggingCommand({ Bucket: bucket, Key: "tagged" }),
    );
    expect(TagSet).toEqual([{ Key: "purpose", Value: "backup & more" }]);
  });

  test("tells a storage class that it does not have", async () => {
    const store = withStorageClass(createS3(location(bucket)).store, "NO_SUCH_CLASS");
    await expect(store.put("classless", large)).rejects.toMatchObject({ permanent: true });
  });

  test("holds an object under lock for as long as asked, and nobody deletes its version", async () => {
    const locked = `locked-${Date.now()}`;
    const input = { Bucket: locked, ObjectLockEnabledForBucket: true };
    await client.send(new CreateBucketCommand(input));
    const objectLock = { mode: "GOVERNANCE", days: 2 } as const;
    const rules = { ...location(locked), objectLock };
    await withContentMd5(createS3(rules).store, rules).put("kept", large);
    const key = { Bucket: locked, Key: "kept" };
    const { Retention } = await client.send(new GetObjectRetentionCommand(key));
    expect(Retention?.Mode).toBe("GOVERNANCE");
    const days = (Number(Retention?.RetainUntilDate) - Date.now()) / 86_400_000;
    expect(days).toBeCloseTo(2, 2);
  });

  test("locks a version for longer, and never for less", async () => {
    const locked = `extended-${Date.now()}`;
    await client.send(
      new CreateBucketCommand({ Bucket: locked, ObjectLockEnabledForBucket: true }),
    );
    const objectLock = { mode: "COMPLIANCE", days: 2 } as const;
    const rules = { ...location(locked), objectLock };
    const store = withContentMd5(createS3(rules).store, rules);
    const { versionId = "" } = await store.put("kept", small);
    await store.put("kept", large);
    const locks = createS3(rules).locks;
    const now = store.now()?.getTime() ?? 0;
    const until = new Date(Math.round(now / 1000 + 5 * 86_400) * 1000);
    await locks.extend({ key: "kept", versionId }, until);
    const version = { Bucket: locked, Key: "kept", VersionId: versionId };
    const { Retention } = await client.send(new GetObjectRetentionCommand(version));
    expect(Retention).toEqual({ Mode: "COMPLIANCE", RetainUntilDate: until });
    const sooner = locks.extend({ key: "kept", versionId }, new Date(now + 86_400_000));
    await expect(sooner).rejects.toMatchObject({ code: "denied", permanent: true });
    const { Retention: newest } = await client.send(
      new GetObjectRetentionCommand({ Bucket: locked, Key: "kept" }),
    );
    expect((Number(newest?.RetainUntilDate) - now) / 86_400_000).toBeCloseTo(2, 2);
  });

  test("refuses a lock in a bucket that was not made for it", async () => {
    const objectLock = { mode: "GOVERNANCE", days: 2 } as const;
    const store = createS3({ ...location(bucket), objectLock }).store;
    await expect(store.put("unlocked", small)).rejects.toMatchObject({ permanent: true });
  });

  test("refuses what would overwrite, and takes the rest, after a question and an answer", async () => {
    const store = createS3(location(bucket)).store;
    await store.put("large", large, { onlyIfAbsent: true });
    await expect(store.put("large", large, { onlyIfAbsent: true })).rejects.toMatchObject({
      code: "exists",
    });
    const { ContentLength } = await client.send(
      new HeadObjectCommand({ Bucket: bucket, Key: "large" }),
    );
    expect(ContentLength).toBe(large.bytes.length);
  });
});

describe("A large body that Ceph RGW refuses is told at once in RGW's own words:", () => {
  async function refusal(
    spoil: (userId: string, bucket: string) => readonly string[][],
  ): Promise<unknown> {
    const bucket = `refused-${Date.now()}`;
    await createBucket(rgw, bucket);
    const { userId, ...user } = await createUploader(rgw, bucket);
    for (const args of spoil(userId, bucket)) await adminCommand(rgw, args);
    const keys = { accessKeyId: user.accessKeyId, secretAccessKey: user.secretAccessKey };
    const wait = async (): Promise<void> => expect.unreachable("It was tried again.");
    const store = withRetry(createS3({ ...location(bucket), credentials: keys }).store, { wait });
    return await store.put("key", large).catch((error: unknown) => error);
  }

  test("the user is suspended", async () => {
    const suspended = await refusal((id) => [["user", "suspend", `--uid=${id}`]]);
    expect(suspended).toMatchObject({
      code: "denied",
      message: expect.stringContaining("403 UserSuspended"),
    });
  });

  test("a quota is used up", async () => {
    const used = await refusal((_, bucket) => {
      const quota = [`--bucket=${bucket}`, "--quota-scope=bucket"];
      return [
        ["quota", "set", ...quota, "--max-size=1048576"],
        ["quota", "enable", ...quota],
      ];
    });
    expect(used).toMatchObject({
      code: "denied",
      message: expect.stringContaining("403 QuotaExceeded"),
      reason: "full",
    });
  });

  test("the bucket is gone", async () => {
    const store = createS3(location("no-such-bucket")).store;
    await expect(store.put("key", large)).rejects.toMatchObject({ code: "no-bucket" });
  });

  test("the user is gone", async () => {
    const answer = await refusal((id) => [["user", "rm", `--uid=${id}`]]);
    expect(answer).toMatchObject({ code: "bad-credentials" });
  });
});

test("A user who may put objects and nothing else can put, and do nothing else", async () => {
  const bucket = `put-only-${Date.now()}`;
  await createBucket(rgw, bucket);
  const uploader = await createUploader(rgw, bucket);
  const { accessKeyId: id, secretAccessKey: secret } = uploader;
  const keys = { accessKeyId: id, secretAccessKey: secret };
  const store = createS3({ ...location(bucket), credentials: keys }).store;
  await store.put("key", small, { onlyIfAbsent: true });
  await expect(store.get("key")).rejects.toMatchObject({ code: "denied" });
  await expect(store.list("")[Symbol.asyncIterator]().next()).rejects.toMatchObject({
    code: "denied",
  });
});
