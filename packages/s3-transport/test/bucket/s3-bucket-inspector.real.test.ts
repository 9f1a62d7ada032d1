import {
  CreateBucketCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketVersioningCommand,
  PutObjectLockConfigurationCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { bucketLocation, createPolicyUser } from "@backuppc-archive-s3/test-rig";
import { beforeAll, describe, expect, inject, test } from "vitest";
import { createS3, type S3Location } from "../../src/index.ts";

const rgw = inject("store");
const { endpoint, region, accessKeyId, secretAccessKey } = rgw;
const credentials = { accessKeyId, secretAccessKey };
const [plain, busy] = [`plain-${Date.now()}`, `busy-${Date.now()}`];
const owner = new S3Client({ region, endpoint, credentials, forcePathStyle: true });

beforeAll(async () => {
  await owner.send(new CreateBucketCommand({ Bucket: plain }));
  await owner.send(new CreateBucketCommand({ Bucket: busy, ObjectLockEnabledForBucket: true }));
});

function locationOf(bucket: string, own: Partial<S3Location> = {}): S3Location {
  return { ...bucketLocation(rgw, bucket), ...own };
}

describe("A bucket of Ceph RGW", () => {
  test("answers with its time", async () => {
    const { clockAheadMs = Infinity } = await createS3(locationOf(plain)).inspector.answer();
    // It is this machine's clock; a busy machine may take long to read it.
    expect(Math.abs(clockAheadMs)).toBeLessThan(600_000);
  });

  test("that was only created has nothing set", async () => {
    const inspector = createS3(locationOf(plain)).inspector;
    expect(await inspector.versioning()).toBe("off");
    expect(await inspector.objectLock()).toBeUndefined();
    expect(await inspector.lifecycle()).toEqual([]);
  });

  test("tells of versions, locks and rules", async () => {
    await owner.send(
      new PutObjectLockConfigurationCommand({
        Bucket: busy,
        ObjectLockConfiguration: {
          ObjectLockEnabled: "Enabled",
          Rule: { DefaultRetention: { Mode: "GOVERNANCE", Days: 3 } },
        },
      }),
    );
    const dropped = { AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 } };
    const expired = { Expiration: { Days: 30 }, Filter: { Prefix: "logs/" } };
    const Rules = [
      { ID: "1", Status: "Enabled" as const, Filter: { Prefix: "" }, ...dropped },
      { ID: "2", Status: "Enabled" as const, ...expired },
      { ID: "3", Status: "Disabled" as const, ...expired },
    ];
    const input = { Bucket: busy, LifecycleConfiguration: { Rules } };
    await owner.send(new PutBucketLifecycleConfigurationCommand(input));
    const inspector = createS3(locationOf(busy)).inspector;
    expect(await inspector.versioning()).toBe("enabled");
    expect(await inspector.objectLock()).toEqual({ mode: "GOVERNANCE", days: 3 });
    const none = {
      expiresAfterDays: undefined,
      dropsUploadsAfterDays: undefined,
      movesTo: undefined,
    };
    const rules = (await inspector.lifecycle()).toSorted(
      (a, b) => a.prefix.length - b.prefix.length,
    );
    expect(rules).toEqual([
      { ...none, prefix: "", dropsUploadsAfterDays: 7 },
      { ...none, prefix: "logs/", expiresAfterDays: 30 },
    ]);
  });

  test("may have its versioning suspended", async () => {
    const VersioningConfiguration = { Status: "Suspended" as const };
    await owner.send(new PutBucketVersioningCommand({ Bucket: plain, VersioningConfiguration }));
    expect(await createS3(locationOf(plain)).inspector.versioning()).toBe("suspended");
  });

  test("ignores a wrong checksum, and then has the object", async () => {
    expect(await createS3(locationOf(plain)).inspector.checksums("probe")).toBe("ignored");
    expect(await createS3(locationOf(plain)).store.delete(["probe"])).toEqual([]);
  });

  test("answers who has no rights, and tells them nothing more", async () => {
    const policy = { Version: "2012-10-17", Statement: [ONLY_PUT(plain)] };
    const user = await createPolicyUser(rgw, { userId: `nosy-${plain}`, bucket: plain, policy });
    const inspector = createS3(locationOf(plain, { credentials: user })).inspector;
    expect(await inspector.answer()).toMatchObject({ clockAheadMs: expect.any(Number) });
    await expect(inspector.versioning()).rejects.toMatchObject({ code: "denied" });
    await expect(inspector.lifecycle()).rejects.toMatchObject({ code: "denied" });
    await expect(inspector.objectLock()).rejects.toMatchObject({ code: "denied" });
  });
});

const ONLY_PUT = (bucket: string) => ({
  Sid: "OnlyPut",
  Effect: "Allow",
  Action: ["s3:PutObject"],
  Resource: [`arn:aws:s3:::${bucket}/*`],
});

test("A store that nobody reaches answers nothing", async () => {
  const inspector = createS3(locationOf(plain, { endpoint: "http://127.0.0.1:9" })).inspector;
  await expect(inspector.answer()).rejects.toMatchObject({ code: "unreachable" });
});
