import { type ObjectBody, bytesBody, createS3, type PutOptions } from "../../src/index.ts";
import { createMemoryStore, createMemoryVersions } from "../../src/memory/index.ts";
import { describe, expect, test } from "vitest";

const invalid = expect.objectContaining({ code: "invalid-input", permanent: true });
const body = bytesBody(Buffer.from("body"));
/** Nothing listens there: nothing may be asked. */
const s3 = createS3({
  bucket: "offsite",
  region: "us-east-1",
  endpoint: "http://127.0.0.1:1",
  credentials: { accessKeyId: "id", secretAccessKey: "s3cr3t" },
}).store;
const stores = [
  ["S3", s3],
  ["memory", createMemoryStore()],
  ["versions in memory", createMemoryVersions().store],
] as const;

describe.each(stores)("%s refuses", (_, store) => {
  test.each(["", "x".repeat(1025)])("the key %j", async (key) => {
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
});
