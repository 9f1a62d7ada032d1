import { type Fault, S3Failure, storeScript } from "@backuppc-archive-s3/test-rig";
import { describe, expect, test } from "vitest";
import { bytesBody, createS3, withRetry } from "../../src/index.ts";
import { embeddedStore } from "../embedded-store.ts";

let script = storeScript([]);
const { location } = await embeddedStore({ fault: (request) => script.fault(request) });
const KEYS = ["a", "b"];

describe.each(["batch", "one by one"])("Objects that are deleted in a %s, answered by", (how) => {
  const refusal = new S3Failure(501, "NotImplemented", "No.");
  const store = createS3(location).store;
  const patient = withRetry(store, { attempts: 3, wait: async () => {} });

  test.each<Fault>([
    "portal",
    "error-body",
    "cut",
    "cut-headers",
    new S3Failure(503, "SlowDown", ""),
  ])("%s, do not count as deleted", async (fault) => {
    for (const key of KEYS) await store.put(key, bytesBody(Buffer.from(key)));
    const single =
      how === "batch" ? [] : [{ operation: "delete" as const, key: /^$/, fault: refusal }];
    script = storeScript([...single, { operation: "delete", fault }]);
    await expect(patient.delete(KEYS)).rejects.toMatchObject({ name: "StoreError" });
    script = storeScript([...single, { operation: "delete", times: 2, fault }]);
    expect(await patient.delete(KEYS)).toEqual([]);
    expect(script.struck()).toBeGreaterThanOrEqual(2);
    for await (const { key } of store.list("")) expect(key).toBe("gone");
  });
});

test.each<Fault>(["empty", "no-content", "truncate"])(
  "A batch that is answered by %s does not count as deleted",
  async (fault) => {
    script = storeScript([{ operation: "delete", fault }]);
    await expect(createS3(location).store.delete(KEYS)).rejects.toMatchObject({
      code: "unconfirmed",
      message: expect.stringMatching(/^deleting 2 objects failed: /),
    });
  },
);

test.each<Fault>(["portal", "empty", "no-content"])(
  "A list of buckets that is answered by %s is not one of no bucket",
  async (fault) => {
    script = storeScript([{ operation: "bucket", fault }]);
    await expect(createS3(location).buckets.listBuckets()).rejects.toMatchObject({
      code: "unconfirmed",
    });
  },
);
