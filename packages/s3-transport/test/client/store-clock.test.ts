import { type Fault, S3Failure } from "@backuppc-archive-s3/test-rig";
import { beforeEach, describe, expect, test } from "vitest";
import { createS3Client } from "../../src/client/s3-client.ts";
import { StoreClock } from "../../src/client/store-clock.ts";
import { bytesBody, createS3, type ObjectStore } from "../../src/index.ts";
import { embeddedStore } from "../embedded-store.ts";

const MINUTE = 60_000;
let fault: Fault | undefined;
let ahead = 0;
const { location } = await embeddedStore({
  fault: () => fault,
  clock: () => new Date(Date.now() + ahead),
});
const body = bytesBody(Buffer.from("x"));

beforeEach(() => {
  fault = undefined;
  ahead = 10 * MINUTE;
});

/** Minutes that the store is known to be ahead of this machine. */
function known(store: ObjectStore): number | undefined {
  const now = store.now();
  return now === undefined ? undefined : Math.round((now.getTime() - Date.now()) / MINUTE);
}

describe("The store's time is known", () => {
  test.each<[string, (store: ObjectStore) => Promise<unknown>]>([
    ["put", async (store) => await store.put("key", body)],
    ["get", async (store) => await store.get("key")],
    ["list", async (store) => await store.list("")[Symbol.asyncIterator]().next()],
    ["delete", async (store) => await store.delete(["other"])],
  ])("by the answer to a %s", async (_, call) => {
    const store = createS3(location).store;
    expect(known(store)).toBeUndefined();
    await call(store);
    expect(known(store)).toBe(10);
  });

  test("by the answer that an object is there already", async () => {
    await createS3(location).store.put("taken", body);
    const store = createS3(location).store;
    const again = store.put("taken", body, { onlyIfAbsent: true });
    await expect(again).rejects.toMatchObject({ code: "exists" });
    expect(known(store)).toBe(10);
  });

  test("by the last answer", async () => {
    const store = createS3(location).store;
    await store.put("key", body);
    ahead = -5 * MINUTE;
    await store.put("key", body);
    expect(known(store)).toBe(-5);
  });

  test.each<[string, Fault]>([
    ["a refusal", new S3Failure(403, "AccessDenied", "No.")],
    ["a captive portal", "portal"],
  ])("and not by %s", async (_, answer) => {
    const store = createS3(location).store;
    fault = answer;
    await expect(store.put("key", body)).rejects.toThrow("storing key failed");
    expect(known(store)).toBeUndefined();
  });
});

test("The time goes on between answers by the machine's time since its start", async () => {
  let sinceBoot = 1_000_000;
  const clock = new StoreClock(() => sinceBoot);
  const client = await createS3Client(location);
  clock.watch(client);
  const { ListObjectsV2Command } = await import("@aws-sdk/client-s3");
  await client.send(new ListObjectsV2Command({ Bucket: location.bucket }));
  const first = clock.now()?.getTime() ?? 0;
  sinceBoot += 86_400_000;
  expect(clock.now()?.getTime()).toBe(first + 86_400_000);
});
