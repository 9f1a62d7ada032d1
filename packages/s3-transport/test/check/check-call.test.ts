import {
  bytesBody,
  createRequester,
  createS3,
  type ObjectBody,
  type ObjectStore,
  type PutOptions,
  type UploadRate,
  withPrefix,
  withStorageClass,
  withUploadLimit,
} from "../../src/index.ts";
import { createMemoryStore, createMemoryVersions } from "../../src/memory/index.ts";
import { describe, expect, test } from "vitest";

const invalid = expect.objectContaining({ code: "invalid-input", permanent: true });
const credentials = { accessKeyId: "id", secretAccessKey: "s3cr3t" };
const body = bytesBody(Buffer.from("body"));
/** Nothing listens there: nothing may be asked. */
const s3 = createS3({
  bucket: "offsite",
  region: "us-east-1",
  endpoint: "http://127.0.0.1:1",
  credentials,
}).store;
const stores = [
  ["S3", s3],
  ["memory", createMemoryStore()],
  ["versions in memory", createMemoryVersions().store],
] as const;

describe.each(stores)("%s refuses", (_, store) => {
  test.each(["", "x".repeat(1025), "a\ud800b"])("the key %j", async (key) => {
    await expect(store.put(key, body)).rejects.toThrow(invalid);
    await expect(store.get(key)).rejects.toThrow(invalid);
    await expect(store.delete(["a", key])).rejects.toThrow(invalid);
  });

  test.each<[string, Partial<Record<keyof ObjectBody, unknown>>]>([
    ["bytes that are a text", { bytes: "text" }],
    ["no bytes", { bytes: undefined }],
    ["a digest in capitals", { sha256: "A".repeat(64) }],
    ["a short digest", { sha256: "a".repeat(63) }],
    ["an MD5 that is none", { md5: "x".repeat(32) }],
  ])("%s", async (__, changes) => {
    const wrong: ObjectBody = Object.assign({}, body, changes);
    await expect(store.put("key", wrong)).rejects.toThrow(invalid);
  });

  test("a lock until no date", async () => {
    const options: PutOptions = { lockUntil: new Date("never") };
    await expect(store.put("key", body, options)).rejects.toThrow(invalid);
  });

  test.each([-1, 0.5, NaN])("to leave out %d bytes", async (from) => {
    await expect(store.get("key", { from })).rejects.toThrow(invalid);
  });

  test.each([[undefined], [5], ["a\ud800b"]])("to list below %j", async (prefix) => {
    const call: Parameters<ObjectStore["list"]> = Object.assign([""] as [string], { 0: prefix });
    const list = async (): Promise<void> => {
      for await (const none of store.list(...call)) expect(none).toBeUndefined();
    };
    await expect(list()).rejects.toThrow(invalid);
  });

  test("to delete what is no list", async () => {
    const call: Parameters<ObjectStore["delete"]> = Object.assign([[]] as [string[]], { 0: "key" });
    await expect(store.delete(...call)).rejects.toThrow(invalid);
  });
});

test.each(["", "A B", "COLD\r\nx-other: 1"])("The storage class %j is refused", async (name) => {
  await expect(s3.put("key", body, { storageClass: name })).rejects.toThrow(invalid);
  expect(() => withStorageClass(s3, name)).toThrow(invalid);
});

test("A URL of no key is refused, as is half a surrogate pair in a prefix", async () => {
  const { presigner } = createS3({ bucket: "offsite", region: "us-east-1", credentials });
  await expect(presigner.presign("", 60)).rejects.toThrow(invalid);
  expect(() => withPrefix(s3, "\ud800")).toThrow(invalid);
});

test.each([0, -1, 1.5, NaN])("%d connections are refused", (connections) => {
  expect(() => createRequester(connections)).toThrow(invalid);
});

test("A rate that is no function, and bytes that are a text, are refused", () => {
  const rate: [ObjectStore, UploadRate] = [s3, () => 1000];
  const limit: Parameters<typeof withUploadLimit> = Object.assign(rate, { 1: 1000 });
  expect(() => withUploadLimit(...limit)).toThrow(invalid);
  const none: [Uint8Array] = [new Uint8Array(1)];
  const bytes: Parameters<typeof bytesBody> = Object.assign(none, { 0: "text" });
  expect(() => bytesBody(...bytes)).toThrow(invalid);
});
