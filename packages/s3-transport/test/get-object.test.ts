import { buffer } from "node:stream/consumers";
import { type Fault, S3Failure, storeScript } from "@backuppc-archive-s3/test-rig";
import { describe, expect, test } from "vitest";
import { bytesBody, createS3, type GetOptions, TIME_LIMITS, withRetry } from "../src/index.ts";
import { answeringStore } from "./answering-store.ts";
import { embeddedStore } from "./embedded-store.ts";

let script = storeScript([]);
const { location } = await embeddedStore({ fault: (request) => script.fault(request) });
const store = createS3({ ...location, timeLimits: { ...TIME_LIMITS, stallMs: 1500 } }).store;
const bytes = Buffer.from(Array.from({ length: 50_000 }, (_, index) => index % 251));
await store.put("key", bytesBody(bytes));

async function read(fault: Fault, times = 1, options: GetOptions = {}): Promise<Buffer> {
  script = storeScript([{ operation: "get", times, fault }]);
  const patient = withRetry(store, { attempts: 3, wait: async () => {} });
  return await buffer(await patient.get("key", options));
}

describe("What is read of an object is right after", () => {
  test.each<Fault>([
    "cut",
    "cut-headers",
    "cut-body",
    "lose-answer",
    "stall-body",
    "trickle",
    "portal",
    "no-content",
    "empty",
    "error-body",
    "no-etag",
    new S3Failure(503, "SlowDown", "Slow down."),
  ])("%s", async (fault) => {
    expect((await read(fault)).equals(bytes)).toBe(true);
    expect(script.struck()).toBe(1);
  });

  test("cut after cut, since each brings something", async () => {
    expect((await read("cut-body", 8)).equals(bytes)).toBe(true);
    expect(script.struck()).toBe(8);
  });
});

test.each(["portal", "no-content", "empty", "error-body", "no-etag"] as const)(
  "An answer that is no object, such as %s, is never taken for one",
  async (fault) => {
    await expect(read(fault, Infinity)).rejects.toMatchObject({
      code: "unconfirmed",
      message: expect.stringMatching(/^reading key failed: the answer (was|had) .*bucket offsite/),
    });
  },
);

test("A connection that is lost amid a refusal is a lost connection, in one line", async () => {
  // Behind its end: 416, with XML that is cut.
  const lost = read("cut-body", Infinity, { from: bytes.length });
  await expect(lost).rejects.toMatchObject({
    code: "unreachable",
    message: expect.stringMatching(/^reading key failed: [^\n]*$/),
  });
  await expect(lost).rejects.not.toMatchObject({ message: expect.stringContaining("SDK") });
});

test("Reading may begin behind the start", async () => {
  script = storeScript([]);
  const rest = await buffer(await store.get("key", { from: 49_000 }));
  expect(rest.equals(bytes.subarray(49_000))).toBe(true);
});

test("One version of an object is asked for by its name", async () => {
  const { s3, requests } = await answeringStore((_, response) =>
    response.writeHead(200, { etag: '"5d41402abc4b2a76b9719d911017c592"' }).end("hello"),
  );
  expect(String(await buffer(await s3.store.get("key", { versionId: "v1" })))).toBe("hello");
  expect(requests[0]).toContain("versionId=v1");
});
