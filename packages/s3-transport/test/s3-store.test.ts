import { type Fault, S3Failure } from "@backuppc-archive-s3/test-rig";
import { describe, expect, test } from "vitest";
import { bytesBody, createS3, type S3Location } from "../src/index.ts";
import { objectStoreContract } from "../src/contract/index.ts";
import { embeddedStore } from "./embedded-store.ts";

let fault: Fault | undefined;
const { location } = await embeddedStore({ fault: () => fault });
const body = bytesBody(Buffer.alloc(3_000_000, "x"));

objectStoreContract("createS3().store on the embedded store", async () => createS3(location).store);

describe("createS3().store", () => {
  test.each<[string, Partial<S3Location>, object]>([
    ["an unknown bucket", { bucket: "nowhere" }, { code: "no-bucket", permanent: true }],
    [
      "a wrong secret",
      { credentials: { accessKeyId: "id", secretAccessKey: "wrong" } },
      { code: "bad-credentials", permanent: true },
    ],
    [
      "an unknown key id",
      { credentials: { accessKeyId: "di", secretAccessKey: "wrong" } },
      { code: "bad-credentials", permanent: true },
    ],
    [
      "a port where nobody is",
      { endpoint: "http://127.0.0.1:1" },
      { code: "unreachable", permanent: false },
    ],
    ["a wrong region", { region: "eu-central-1" }, { code: "refused", permanent: true }],
  ])("tells %s, without a secret", async (_, changes, expected) => {
    const failure: unknown = await createS3({ ...location, ...changes })
      .store.put("key", body)
      .catch((error: unknown) => error);
    expect(failure).toMatchObject({ name: "StoreError", ...expected });
    expect(String(failure)).toMatch(/storing key failed: .*\(bucket /);
    expect(JSON.stringify(failure) + String(failure)).not.toMatch(/s3cr3t|wrong|Signature=/);
  });

  test.each([
    [403, "AccessDenied", "denied", true],
    [403, "RequestTimeTooSkewed", "clock", false],
    [503, "SlowDown", "throttled", false],
    [429, "TooManyRequests", "throttled", false],
    [500, "InternalError", "unreachable", false],
    [409, "ConditionalRequestConflict", "throttled", false],
    [501, "NotImplemented", "not-implemented", true],
    [418, "Teapot", "refused", true],
  ])("takes %i %s as %s, permanent: %s", async (status, code, expected, permanent) => {
    fault = new S3Failure(status, code, "No.");
    await expect(createS3(location).store.put("key", body)).rejects.toMatchObject({
      code: expected,
      permanent,
    });
    fault = undefined;
  });

  test("tells what the store says of a request that it does not take", async () => {
    fault = new S3Failure(400, "InvalidRequest", "Bucket is missing\nObject Lock Configuration");
    await expect(createS3(location).store.put("key", body)).rejects.toThrow(
      '400 InvalidRequest, "Bucket is missing Object Lock Configuration" (bucket offsite',
    );
    fault = undefined;
  });

  test("has the store check what arrived by the signed digest", async () => {
    const store = createS3(location).store;
    await expect(store.put("flipped", { ...body, sha256: "0".repeat(64) })).rejects.toMatchObject({
      code: "corrupted",
      permanent: false,
    });
    await expect(store.get("flipped")).rejects.toMatchObject({ code: "not-found" });
  });
});
