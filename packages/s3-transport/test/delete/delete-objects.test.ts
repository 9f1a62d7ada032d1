import { type Answer, S3Failure } from "@backuppc-archive-s3/test-rig";
import { afterEach, describe, expect, test } from "vitest";
import { bytesBody, createS3, type ObjectStore } from "../../src/index.ts";
import { answeringStore, refusal, xml } from "../answering-store.ts";
import { embeddedStore } from "../embedded-store.ts";

let requests: string[] = [];
let fault: (method: string, key: string) => S3Failure | undefined = () => undefined;
const { location } = await embeddedStore({
  fault: ({ method, key }) => {
    requests.push(`${method} ${key}`);
    return fault(method, key);
  },
});

afterEach(() => {
  fault = () => undefined;
});

const KEYS = ["a", "b c", "d"];

describe("a store that refuses batches", () => {
  test.each([
    [501, "NotImplemented"],
    [400, "MalformedXML"],
    [405, "MethodNotAllowed"],
    [400, "InvalidRequest"],
    [403, "AccessDenied"],
  ])("by %i %s is asked once, and then for one deletion at a time", async (status, code) => {
    const store = await storeOf(KEYS);
    fault = (method) => (method === "POST" ? new S3Failure(status, code, "No.") : undefined);
    requests = [];
    expect(await store.delete(KEYS)).toEqual([]);
    expect(await store.delete(["never there"])).toEqual([]);
    expect(requests).toEqual(["POST ", "DELETE a", "DELETE b c", "DELETE d", "DELETE never there"]);
    expect(await keysOf(store)).toEqual([]);
  });

  test("has the keys named that it would not delete, and why", async () => {
    const store = await storeOf(KEYS);
    fault = (method, key) => {
      if (method === "POST") return new S3Failure(501, "NotImplemented", "No.");
      return key === "d" ? new S3Failure(403, "AccessDenied", "No.") : undefined;
    };
    expect(await store.delete(KEYS)).toEqual([
      { key: "d", reason: expect.stringContaining("deleting d failed: 403 AccessDenied") },
    ]);
    fault = () => undefined;
    expect(await keysOf(store)).toEqual(["d"]);
  });

  test("and then breaks down is an error, which may be tried again", async () => {
    const store = await storeOf(KEYS);
    fault = (method) =>
      method === "POST"
        ? new S3Failure(501, "NotImplemented", "No.")
        : new S3Failure(503, "SlowDown", "Later.");
    await expect(store.delete(KEYS)).rejects.toMatchObject({ code: "throttled", permanent: false });
    fault = () => undefined;
    expect(await store.delete(KEYS)).toEqual([]);
  });
});

test.each([
  [403, "SignatureDoesNotMatch", "bad-credentials"],
  [503, "SlowDown", "throttled"],
  [400, "BadDigest", "corrupted"],
])(
  "A batch that fails by %i %s is an error, and no reason for single deletes",
  async (status, name, code) => {
    const store = await storeOf(KEYS);
    fault = (method) => (method === "POST" ? new S3Failure(status, name, "No.") : undefined);
    requests = [];
    await expect(store.delete(KEYS)).rejects.toMatchObject({ code });
    expect(requests).toEqual(["POST "]);
  },
);

describe("a store that knows no versions", () => {
  const versions = createS3(location).versions;

  test.each([
    [501, "NotImplemented"],
    [403, "AccessDenied"],
    [405, "MethodNotAllowed"],
  ])("and says so by %i %s does not tell what it keeps", async (status, code) => {
    fault = () => new S3Failure(status, code, "No.");
    expect(await versions.protection()).toEqual({ versioning: "unknown", objectLock: "unknown" });
  });

  test("is an error while it is out of order", async () => {
    fault = () => new S3Failure(503, "SlowDown", "Later.");
    await expect(versions.protection()).rejects.toMatchObject({ code: "throttled" });
    await expect(createS3(location).buckets.listBuckets()).rejects.toMatchObject({
      code: "throttled",
    });
  });
});

async function storeOf(keys: readonly string[]): Promise<ObjectStore> {
  const store = createS3(location).store;
  for (const key of keys) await store.put(key, bytesBody(Buffer.from("x")));
  return store;
}

async function keysOf(store: ObjectStore): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of store.list("")) keys.push(key);
  return keys;
}

describe("What stayed is named", () => {
  const deleted = (inside: string): Answer => xml(`<DeleteResult>${inside}</DeleteResult>`);

  test("with the store's code, and its sentence where there is one", async () => {
    const error = (parts: string): string => `<Error>${parts}</Error>`;
    const { s3 } = await answeringStore(
      deleted(
        error("<Key>a</Key><Code>AccessDenied</Code><Message>Locked.</Message>") +
          error("<Key>b</Key><Code>InternalError</Code>") +
          error("<Code>Odd</Code>"),
      ),
    );
    expect(await s3.store.delete(["a", "b", "c"])).toEqual([
      { key: "a", reason: "AccessDenied: Locked." },
      { key: "b", reason: "InternalError" },
      { key: "", reason: "Odd" },
    ]);
  });

  test("one version at a time, where the store takes no batches", async () => {
    const { s3, requests: asked } = await answeringStore(
      refusal(501, "NotImplemented"),
      refusal(404, "NoSuchVersion"),
    );
    expect(await s3.versions.deleteVersions([{ key: "a", version: "v1" }])).toEqual([]);
    expect(asked[1]).toMatch(/^DELETE \/offsite\/a\?(.*&)?versionId=v1/);
  });
});
