import { type Fault, S3Failure } from "@backuppc-archive-s3/test-rig";
import { beforeEach, describe, expect, test } from "vitest";
import { bytesBody, createS3, withLockRetry } from "../../src/index.ts";
import { embeddedStore } from "../embedded-store.ts";

const DAY = 86_400_000;
let faults: Fault[] = [];
const asked: string[] = [];
const { store: server, location } = await embeddedStore({
  fault: ({ method, key, query }) => {
    asked.push(`${method} ${key}?${String(query)}`);
    return faults.shift();
  },
});
const objectLock = { mode: "COMPLIANCE", days: 10 } as const;
const place = { ...location, objectLock };
const locks = createS3(place).locks;

beforeEach(async () => {
  faults = [];
  await createS3(place).store.put("key", bytesBody(Buffer.from("x")));
  asked.length = 0;
});

function lock(): { readonly mode?: string; readonly days?: number } {
  const { mode, until } = server.locks.get("offsite/key") ?? {};
  const days = until === undefined ? undefined : (until.getTime() - Date.now()) / DAY;
  return { ...(mode && { mode }), ...(days !== undefined && { days: Math.round(days) }) };
}

describe("createS3().locks", () => {
  test("locks an object for longer, in the location's mode", async () => {
    expect(lock()).toEqual({ mode: "COMPLIANCE", days: 10 });
    await locks.extend({ key: "key" }, new Date(Date.now() + 40 * DAY));
    expect(lock()).toEqual({ mode: "COMPLIANCE", days: 40 });
    expect(asked).toEqual(["PUT key?retention="]);
  });

  test("names the version that it is for", async () => {
    await locks.extend({ key: "key", versionId: "v 1" }, new Date(Date.now() + 40 * DAY));
    expect(asked).toEqual(["PUT key?retention=&versionId=v+1"]);
  });

  test("tells that the store refuses, and why", async () => {
    const until = new Date(Date.now() + 40 * DAY);
    faults = [new S3Failure(403, "AccessDenied", "No.")];
    await expect(locks.extend({ key: "key" }, until)).rejects.toMatchObject({
      code: "denied",
      permanent: true,
      message: expect.stringContaining("extending the lock of key failed: 403 AccessDenied"),
    });
    await expect(locks.extend({ key: "gone" }, until)).rejects.toMatchObject({ code: "not-found" });
    const sooner = new Date(Date.now() + DAY);
    await expect(locks.extend({ key: "key" }, sooner)).rejects.toMatchObject({ code: "denied" });
  });

  test("stops with the signal's reason", async () => {
    const signal = AbortSignal.abort(new Error("cancelled"));
    const call = locks.extend({ key: "key" }, new Date(), { signal });
    await expect(call).rejects.toThrow("cancelled");
  });
});

test("withLockRetry tries again what may pass", async () => {
  faults = [new S3Failure(503, "SlowDown", "Later."), "cut"];
  const patient = withLockRetry(locks, { wait: async () => {} });
  await patient.extend({ key: "key" }, new Date(Date.now() + 40 * DAY));
  expect(lock().days).toBe(40);
  expect(asked).toHaveLength(3);
});
