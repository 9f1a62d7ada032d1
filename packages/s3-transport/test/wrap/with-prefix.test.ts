import { buffer } from "node:stream/consumers";
import { describe, expect, test } from "vitest";
import {
  bytesBody,
  type LockedObject,
  type ObjectStore,
  type Presigner,
  signedUrl,
  type StoredObject,
  type VersionedStore,
  withLockPrefix,
  withPrefix,
  withPresignerPrefix,
  withVersionPrefix,
} from "../../src/index.ts";
import { createMemoryStore, createMemoryVersions } from "../../src/memory/index.ts";

const PREFIX = "site-a/";
const BODY = bytesBody(Buffer.from("x"));
const OUTSIDE = ["archives/1", "site-a", "site-a/", "site-a.b", "site-a0", "site-b/archives/1"];

/** What is outside of the prefix, and two objects in it. */
async function sharedBucket(): Promise<ObjectStore> {
  const store = createMemoryStore();
  for (const key of [...OUTSIDE, "site-a/archives/1", "site-a/archives/2"])
    await store.put(key, BODY);
  return store;
}

describe("A store with a prefix", () => {
  test("puts the prefix before keys, and passes options and receipts on", async () => {
    const { store } = createMemoryVersions();
    const site = withPrefix(store, PREFIX);
    const { versionId } = await site.put("archives/1", bytesBody(Buffer.from("first")));
    await site.put("archives/1", BODY);
    expect(await keysOf(store)).toEqual(["site-a/archives/1"]);
    const options = versionId === undefined ? {} : { versionId, from: 1 };
    expect(String(await buffer(await site.get("archives/1", options)))).toBe("irst");
    await expect(site.put("archives/1", BODY, { onlyIfAbsent: true })).rejects.toThrow(
      "site-a/archives/1 is there already",
    );
  });

  test("shows nothing that is outside, nor the object that a console makes for the prefix itself", async () => {
    const site = withPrefix(await sharedBucket(), PREFIX);
    expect(await keysOf(site)).toEqual(["archives/1", "archives/2"]);
    expect(await keysOf(site, "archives/2")).toEqual(["archives/2"]);
    expect(await keysOf(site, "b/")).toEqual([]);
    await expect(site.get("b/archives/1")).rejects.toMatchObject({ code: "not-found" });
  });

  test("asks for what is below the prefix alone, and begins behind a key of its own", async () => {
    const asked: unknown[] = [];
    const { signal } = new AbortController();
    const store = createMemoryStore();
    const list: ObjectStore["list"] = (...call) => {
      asked.push(call);
      return store.list(...call);
    };
    const site = withPrefix({ ...store, list }, PREFIX);
    await keysOf(site, "archives/", { after: "archives/1", signal });
    await keysOf(site, "archives/");
    expect(asked).toEqual([
      ["site-a/archives/", { after: "site-a/archives/1", signal }],
      ["site-a/archives/", {}],
    ]);
  });

  test("deletes nothing that is outside", async () => {
    const store = await sharedBucket();
    const site = withPrefix(store, PREFIX);
    expect(await site.delete(["archives/1", "archives/2", "site-b/archives/1"])).toEqual([]);
    expect(await keysOf(store)).toEqual(OUTSIDE.toSorted());
  });

  test("names what a delete has left as the caller does, and loses no failure of another key", async () => {
    const store: ObjectStore = {
      ...createMemoryStore(),
      delete: async (keys) => [...keys, ""].map((key) => ({ key, reason: "locked" })),
    };
    expect(await withPrefix(store, PREFIX).delete(["archives/1"])).toEqual([
      { key: "archives/1", reason: "locked" },
      { key: "", reason: "locked" },
    ]);
  });

  test("refuses the empty key, which would be that of the prefix itself", async () => {
    const store = await sharedBucket();
    const site = withPrefix(store, PREFIX);
    const refused = { code: "invalid-input" };
    await expect(site.put("", BODY)).rejects.toMatchObject(refused);
    await expect(site.get("")).rejects.toMatchObject(refused);
    await expect(site.delete([""])).rejects.toMatchObject(refused);
    expect(await keysOf(store, "site-a/")).toContain("site-a/");
  });

  test.each(["site-b/archives/1", "archives/1", "site-a/chunks/1"])(
    "refuses a list that shows %s where something else was asked for",
    async (key) => {
      const object = { key, length: 1, modified: new Date(0) };
      const site = withPrefix({ ...createMemoryStore(), list: () => only(object) }, PREFIX);
      await expect(keysOf(site, "archives/")).rejects.toMatchObject({
        code: "unconfirmed",
        message: "listing site-a/archives/ failed: the list has keys that it was not asked for.",
      });
    },
  );

  test("is the store itself without one", () => {
    const store = createMemoryStore();
    expect(withPrefix(store, "")).toBe(store);
  });

  test("may be within another one", async () => {
    const store = createMemoryStore();
    const site = withPrefix(withPrefix(store, "backups/"), PREFIX);
    await site.put("archives/1", BODY);
    expect(await keysOf(store)).toEqual(["backups/site-a/archives/1"]);
    expect(await keysOf(site)).toEqual(["archives/1"]);
  });
});

describe("Versions with a prefix", () => {
  test("are those below it, and no other is deleted", async () => {
    const { store, versions } = createMemoryVersions({ isLocked: (key) => key.endsWith("/2") });
    for (const key of [...OUTSIDE, "site-a/archives/1", "site-a/archives/2"])
      await store.put(key, BODY);
    const site = withVersionPrefix(versions, PREFIX);
    const found = await versionsOf(site);
    expect(found.map(({ key }) => key)).toEqual(["archives/1", "archives/2"]);
    expect(await site.deleteVersions(found)).toEqual([
      { key: "archives/2", reason: "AccessDenied: locked" },
    ]);
    expect(await keysOf(store)).toEqual([...OUTSIDE, "site-a/archives/2"].toSorted());
    expect(await site.protection()).toEqual(await versions.protection());
  });

  test("are the versions themselves without one", () => {
    const { versions } = createMemoryVersions();
    expect(withVersionPrefix(versions, "")).toBe(versions);
  });
});

describe("A presigner with a prefix", () => {
  const whole: Presigner = {
    presign: async (key, seconds, versionId) => ({
      url: [key, seconds, versionId].join(" "),
      expires: new Date(0),
    }),
    presignAll: async () => ({
      expires: new Date(0),
      base: "https://offsite.example.net/",
      query: "q",
      sign: (key, versionId) => ({ path: key, signature: versionId ?? "none" }),
    }),
  };
  const site = withPresignerPrefix(whole, PREFIX);

  test("signs URLs of whole keys", async () => {
    const { url } = await site.presign("archives/1", 60, "v1");
    expect(url).toBe("site-a/archives/1 60 v1");
    const signer = await site.presignAll(60);
    expect(signer.sign("archives/1")).toEqual({ path: "site-a/archives/1", signature: "none" });
    expect(signedUrl(signer, "archives/1", "v1")).toBe(
      "https://offsite.example.net/site-a/archives/1?q&versionId=v1&X-Amz-Signature=v1",
    );
  });

  test("is the presigner itself without one", () => {
    expect(withPresignerPrefix(whole, "")).toBe(whole);
  });
});

test("Locks with a prefix are extended by whole keys", async () => {
  const extended: LockedObject[] = [];
  const locks = { extend: async (object: LockedObject) => void extended.push(object) };
  const site = withLockPrefix(locks, PREFIX);
  await site.extend({ key: "chunks/1" }, new Date(0));
  await site.extend({ key: "chunks/2", versionId: "v2" }, new Date(0));
  expect(extended).toEqual([
    { key: "site-a/chunks/1" },
    { key: "site-a/chunks/2", versionId: "v2" },
  ]);
  expect(withLockPrefix(locks, "")).toBe(locks);
});

async function keysOf(
  store: ObjectStore,
  folder = "",
  options?: Parameters<ObjectStore["list"]>[1],
): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of store.list(folder, options)) keys.push(key);
  return keys;
}

async function versionsOf(versions: VersionedStore): Promise<{ key: string; version: string }[]> {
  const found = [];
  for await (const version of versions.listVersions("")) found.push(version);
  return found;
}

async function* only(object: StoredObject): AsyncGenerator<StoredObject> {
  yield object;
}
