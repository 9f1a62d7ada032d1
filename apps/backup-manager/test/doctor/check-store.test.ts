import { type ObjectStore, StoreError } from "@backuppc-archive-s3/s3-transport";
import { createMemoryStore } from "@backuppc-archive-s3/s3-transport/memory";
import { describe, expect, test } from "vitest";
import { checkStore } from "../../src/doctor/check-store.ts";
import type { Finding } from "../../src/doctor/finding.ts";

const PLACE = { prefix: "", key: "doctor.probe" };
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
    expect(states(findings)).toEqual({ list: "ok", put: "skipped" });
  });

  test("that does neither fails", async () => {
    const findings = await findingsOf({ list: () => deniedList(), put: denied });
    expect(states(findings)).toEqual({ list: "failed", put: "skipped" });
  });
});

test("a store that does not answer is asked for nothing more", async () => {
  const gone = new StoreError("unreachable", "no line", { hint: "Look.", permanent: false });
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
    const left = async () => [{ key: PLACE.key, reason: "locked" }];
    const findings = await findingsOf({ delete: left });
    expect(findings).toContainEqual(
      expect.objectContaining({
        check: "delete",
        state: "failed",
        message: "doctor.probe stays: locked",
      }),
    );
  });
});

async function findingsOf(own: Partial<ObjectStore>): Promise<Finding[]> {
  return (await checkStore({ ...createMemoryStore(), ...own }, INSPECTOR, PLACE)).findings;
}

function states(findings: readonly Finding[]): Record<string, string> {
  return Object.fromEntries(findings.map(({ check, state }) => [check, state]));
}

const DENIED = new StoreError("denied", "403 AccessDenied", { hint: "Give it.", permanent: true });

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
