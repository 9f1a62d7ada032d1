import { bytesBody, type ObjectStore, StoreError } from "@backuppc-archive-s3/s3-transport";
import { createMemoryStore } from "@backuppc-archive-s3/s3-transport/memory";
import { describe, expect, test } from "vitest";
import { checkStore } from "../../src/doctor/check-store.ts";
import type { Finding } from "../../src/doctor/finding.ts";
import { howToMakeBucket } from "../../src/doctor/how-to-make-bucket.ts";
import type { CheckedRole } from "../../src/doctor/right-findings.ts";
import { newProbeKeys } from "../../src/doctor/try-rights.ts";

const KEYS = newProbeKeys();
const PLACE = { prefix: "site-a/", keys: KEYS, role: "both", howToMakeBucket: "Make it." } as const;
const INSPECTOR = {
  answer: async () => ({ clockAheadMs: 0, region: undefined }),
  versioning: async () => "off" as const,
  objectLock: async () => undefined,
  lifecycle: async () => [],
  checksums: async () => "checked" as const,
};

describe("a key with few rights", () => {
  test("that only stores is enough for archive-host", async () => {
    const findings = await findingsOf({ list: () => deniedList(), get: denied, delete: denied });
    expect(states(findings)).toMatchObject({
      list: "warning",
      put: "ok",
      get: "warning",
      delete: "warning",
    });
  });

  test("that only lists is enough for list", async () => {
    const findings = await findingsOf({ put: denied });
    expect(states(findings)).toEqual({ list: "ok", put: "warning" });
  });

  test("that does neither fails", async () => {
    const findings = await findingsOf({ list: () => deniedList(), put: denied });
    expect(states(findings)).toEqual({ list: "failed", put: "warning" });
  });
});

describe("a role's key", () => {
  test("of an uploader that only stores is well, and what more it may is a warning", async () => {
    const only = { list: () => deniedList(), get: denied, delete: denied };
    expect(states(await findingsOf(only, "uploader"))).toMatchObject({
      list: "ok",
      put: "ok",
      get: "ok",
      delete: "ok",
    });
    expect(states(await findingsOf({}, "uploader"))).toMatchObject({
      list: "warning",
      put: "ok",
      get: "warning",
      delete: "warning",
    });
  });

  test("of an uploader that may not store fails", async () => {
    expect(states(await findingsOf({ put: denied }, "uploader"))).toEqual({
      list: "warning",
      put: "failed",
    });
  });

  test("of a manager that stores canaries alone is well, and what it lacks fails", async () => {
    const memory = createMemoryStore();
    const body = bytesBody(Buffer.from("record"));
    await memory.put("archives/gandalf/1/x/KEY.1.gpg", body);
    const put: ObjectStore["put"] = async (key, ...rest) =>
      key.includes("/canary.") ? await memory.put(key, ...rest) : await denied();
    const own = { ...memory, put };
    expect(states(await findingsOf(own, "manager"))).toMatchObject({
      list: "ok",
      put: "ok",
      get: "ok",
      delete: "ok",
      "put others": "ok",
    });
    expect(states(await findingsOf(memory, "manager"))).toMatchObject({ "put others": "warning" });
    expect(await keysOf(memory)).toEqual(["archives/gandalf/1/x/KEY.1.gpg"]);
    const lacking = { list: () => deniedList(), get: denied, delete: denied };
    expect(states(await findingsOf({ ...own, ...lacking }, "manager"))).toMatchObject({
      list: "failed",
      get: "unknown",
      delete: "failed",
    });
  });
});

test("a bucket that is not there is reported with the line that makes it", async () => {
  const gone = new StoreError("no-bucket", "404 NoSuchBucket", { permanent: true });
  const store = { ...createMemoryStore(), list: () => failingList(gone) };
  const { findings, answers } = await checkStore(store, INSPECTOR, PLACE);
  expect(findings).toMatchObject([{ check: "list", state: "failed", remedy: "Make it." }]);
  expect(answers).toBe(false);
  const place = { bucket: "b", endpoint: undefined, objectLock: undefined };
  expect(howToMakeBucket({ ...place, region: "eu-central-1" })).toMatch(
    /: aws s3api create-bucket --bucket b --region eu-central-1 --create-bucket-configuration LocationConstraint=eu-central-1$/,
  );
  const endpoint = "https://s3.example.net";
  expect(howToMakeBucket({ ...place, endpoint, region: "us-east-1" })).toMatch(
    /: aws --endpoint-url https:\/\/s3\.example\.net s3api create-bucket --bucket b --region us-east-1$/,
  );
  // The command signs for the region of its own configuration otherwise, which such a store refuses.
  expect(howToMakeBucket({ ...place, endpoint, region: "fr-par" })).toMatch(/--region fr-par$/);
  const aws = "https://s3.eu-central-1.amazonaws.com";
  expect(howToMakeBucket({ ...place, endpoint: aws, region: "eu-central-1" })).toMatch(
    / --region eu-central-1 --create-bucket-configuration LocationConstraint=eu-central-1$/,
  );
});

test("a store that does not answer is asked for nothing more", async () => {
  const gone = new StoreError("unreachable", "no line", { permanent: false });
  const store = { ...createMemoryStore(), list: () => failingList(gone) };
  const { findings, answers } = await checkStore(store, INSPECTOR, PLACE);
  expect(states(findings)).toEqual({ list: "failed" });
  expect(answers).toBe(false);
});

describe("a store that is careless", () => {
  test("with If-None-Match is warned of", async () => {
    const memory = createMemoryStore();
    const put: ObjectStore["put"] = async (key, body) => await memory.put(key, body);
    expect(states(await findingsOf({ ...memory, put }))).toMatchObject({
      "conditional put": "warning",
    });
  });

  test("with digests is warned of", async () => {
    expect(states(await findingsOf({}))).toMatchObject({ digest: "warning" });
  });

  test("and keeps what is deleted is a failure", async () => {
    const left = async () => [{ key: KEYS.probe, reason: "locked" }];
    const findings = await findingsOf({ delete: left });
    expect(findings).toContainEqual(
      expect.objectContaining({
        check: "delete",
        state: "failed",
        message: `${KEYS.probe} stays: locked`,
      }),
    );
  });
});

async function findingsOf(
  own: Partial<ObjectStore>,
  role: CheckedRole = "both",
): Promise<Finding[]> {
  const store = { ...createMemoryStore(), ...own };
  return (await checkStore(store, INSPECTOR, { ...PLACE, role })).findings;
}

async function keysOf(store: ObjectStore): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of store.list("")) keys.push(key);
  return keys;
}

function states(findings: readonly Finding[]): Record<string, string> {
  return Object.fromEntries(findings.map(({ check, state }) => [check, state]));
}

const DENIED = new StoreError("denied", "403 AccessDenied", { permanent: true });

async function denied(): Promise<never> {
  return await Promise.reject(DENIED);
}

function deniedList(): AsyncIterable<never> {
  return failingList(DENIED);
}

function failingList(error: Error): AsyncIterable<never> {
  const next = async (): Promise<never> => {
    throw error;
  };
  return { [Symbol.asyncIterator]: () => ({ next }) };
}
