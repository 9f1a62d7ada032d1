import { describe, expect, test } from "vitest";
import type { BucketInspector } from "../../src/bucket/bucket-inspector.ts";
import { bucketProtection } from "../../src/bucket/bucket-protection.ts";
import { StoreError, type StoreErrorCode } from "../../src/index.ts";

/** A bucket with versions whose lock is asked for. */
function bucket(objectLock: BucketInspector["objectLock"]): BucketInspector {
  const unused = async (): Promise<never> => {
    throw new Error("not asked");
  };
  return {
    answer: unused,
    lifecycle: unused,
    checksums: unused,
    versioning: async () => "enabled",
    objectLock,
  };
}

const failing = (error: unknown): BucketInspector =>
  bucket(async () => {
    throw error;
  });
const storeError = (code: StoreErrorCode, permanent = true): StoreError =>
  new StoreError(code, "no", { permanent });

test.each([
  ["locked", bucket(async () => ({ mode: undefined, days: undefined })), true],
  ["not locked", bucket(async () => undefined), false],
  ["not locked where the store has no lock by that name", failing(storeError("not-found")), false],
  ["not known to someone who may not ask", failing(storeError("denied")), "unknown"],
  [
    "not known where the store has no such question",
    failing(storeError("not-implemented")),
    "unknown",
  ],
])("A bucket is %s", async (_, inspector, objectLock) => {
  expect(await bucketProtection(inspector)).toEqual({ versioning: "enabled", objectLock });
});

describe("It is an error, and no answer,", () => {
  test.each([
    ["that the store is away", storeError("unreachable", false)],
    ["that there is no bucket", storeError("no-bucket")],
    ["that the program is wrong", new TypeError("undefined is no function")],
  ])("%s", async (_, error) => {
    await expect(bucketProtection(failing(error))).rejects.toBe(error);
  });
});
