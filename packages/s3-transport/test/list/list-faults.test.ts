import { type Fault, type FaultRule, S3Failure, storeScript } from "@backuppc-archive-s3/test-rig";
import { beforeAll, describe, expect, test } from "vitest";
import { bytesBody, createS3, type ObjectStore, withRetry } from "../../src/index.ts";
import { embeddedStore } from "../embedded-store.ts";

const KEYS = ["a/1", "a/2", "a/3", "a/4", "a/5", "a/6"];
let script = storeScript([]);
const { location } = await embeddedStore({
  pageSize: 2,
  fault: (request) => script.fault(request),
});
const store = createS3(location).store;
const patient = withRetry(store, { attempts: 3, wait: async () => {} });

beforeAll(async () => {
  for (const key of KEYS) await store.put(key, bytesBody(Buffer.from(key)));
});

async function listed(from: ObjectStore, ...rules: FaultRule[]): Promise<string[]> {
  script = storeScript(rules.map((rule) => ({ operation: "list", ...rule })));
  const keys: string[] = [];
  for await (const { key } of from.list("a/")) keys.push(key);
  expect(script.struck()).toBeGreaterThan(0);
  return keys;
}

const PASSING: readonly Fault[] = [
  "cut",
  "cut-headers",
  "cut-body",
  "lose-answer",
  "portal",
  "no-content",
  "empty",
  "error-body",
  "truncate",
  "repeat-token",
  "no-token",
  "odd-truncated",
  "other-prefix",
  "foreign-key",
  "unordered",
  new S3Failure(500, "InternalError", "Try again."),
  new S3Failure(503, "SlowDown", "Slow down."),
];

describe.each([1, 2, 3])("A list whose page %i is spoilt once", (nth) => {
  test.each(PASSING)(
    "by %s has each key once, for it goes on behind what has come",
    async (fault) => {
      expect(await listed(patient, { nth, times: 1, fault })).toEqual(KEYS);
    },
  );
});

test("A list that repeats its first page has each key once", async () => {
  expect(await listed(patient, { nth: 2, times: 1, fault: "repeat-page" })).toEqual(KEYS);
});

describe("A list that is always answered by", () => {
  test.each([
    ["portal", "the answer was a web page"],
    ["empty", "the answer was no list"],
    ["no-content", "the answer was no list"],
    ["truncate", "the answer is not one of S3"],
    ["repeat-token", "not in the order of its keys, or repeats some"],
    ["no-token", "names no next page"],
    ["other-prefix", 'a list of another prefix, "other%2F"'],
    ["foreign-key", "keys that it was not asked for"],
    ["unordered", "not in the order of its keys, or repeats some"],
    ["no-size", "an object without a key, a size or a time"],
    ["bad-size", "an object without a key, a size or a time"],
    ["no-time", "an object without a key, a size or a time"],
    ["bad-time", "Invalid RF.*"],
    ["no-key", "an object without a key, a size or a time"],
    ["bad-key", "an object without a key, a size or a time"],
  ] as const)("%s fails", async (fault, problem) => {
    await expect(listed(patient, { fault })).rejects.toMatchObject({
      code: "unconfirmed",
      message: expect.stringMatching(
        new RegExp(`^listing a/ failed: .*${problem} .bucket offsite`),
      ),
    });
  });

  test("the first page never ends with another", async () => {
    await expect(listed(store, { nth: 2, fault: "repeat-page" })).rejects.toThrow("repeats some");
  });
});

test("A list whose keys are not url-encoded, and that does not say so, has them as they are", async () => {
  const key = "a/web%20server+1";
  await store.put(key, bytesBody(Buffer.from(key)));
  expect(await listed(store, { fault: "plain-keys" })).toEqual([...KEYS, key]);
  await store.delete([key]);
});
