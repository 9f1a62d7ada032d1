import { randomBytes } from "node:crypto";
import { buffer } from "node:stream/consumers";
import { beforeAll, describe, expect, test } from "vitest";
import type { ObjectStore, PutReceipt } from "../object-store.ts";
import { bytesBody } from "../put/bytes-body.ts";
import { StoreError } from "../store-error.ts";

/** Keys that a careless client or store gets wrong. */
const ODD_KEYS = [
  "plain",
  "with space",
  "plus+and%25percent",
  "quote'\"`$(id);&|*?[]",
  "new\nline",
  "café-日本語",
  "a/b/../c",
  "-leading-dash",
  "n".repeat(400),
];

/** A store that is far away takes its time for a thousand objects. */
export const PATIENCE_MS = 300_000;

/** What stores differ in. */
export interface Promised {
  /** False for a store that does not heed `onlyIfAbsent`; true unless given. */
  readonly refusesToOverwrite?: boolean;
  /** True for a bucket that keeps versions. */
  readonly keepsVersions?: boolean;
}

/**
 * Registers a vitest test for each promise of {@link ObjectStore}; each implementation and each wrapper runs it.
 *
 * @param create of a store that is empty and was never asked
 */
export function objectStoreContract(
  name: string,
  create: () => Promise<ObjectStore>,
  { refusesToOverwrite = true, keepsVersions = false }: Promised = {},
): void {
  describe(`${name} as an ObjectStore`, { timeout: PATIENCE_MS }, () => {
    let store: ObjectStore;
    beforeAll(async () => {
      store = await create();
    });

    test("knows the store's time from its first answer on", async () => {
      expect(store.now()).toBeUndefined();
      await store.put("time", bytesBody(Buffer.from("x")));
      const time = store.now()?.getTime() ?? 0;
      expect(Math.abs(time - Date.now())).toBeLessThan(120_000);
      await new Promise((resolve) => setTimeout(resolve, 60));
      const passed = (store.now()?.getTime() ?? 0) - time;
      expect(passed).toBeGreaterThan(40);
      expect(passed).toBeLessThan(60_000);
    });

    test("gives a receipt that names the version, where the bucket keeps versions", async () => {
      const first = await store.put("receipt", bytesBody(Buffer.from("first")));
      const second = await store.put("receipt", bytesBody(Buffer.from("second")));
      const names = [first, second].flatMap(({ versionId }) => versionId ?? []);
      expect(new Set(names).size).toBe(keepsVersions ? 2 : 0);
      const texts = names.map(async (versionId) =>
        String(await buffer(await store.get("receipt", { versionId }))),
      );
      expect(await Promise.all(texts)).toEqual(keepsVersions ? ["first", "second"] : []);
    });

    test.each([0, 1, 65_536, 65_537, 5_000_000])(
      "gives back the %i bytes that were put",
      async (length) => {
        const bytes = randomBytes(length);
        await store.put(`length/${length}`, bytesBody(bytes));
        expect((await read(store, `length/${length}`)).equals(bytes)).toBe(true);
      },
    );

    test.each(ODD_KEYS)("keeps an object under the key %j", async (key) => {
      await store.put(`odd/${key}`, bytesBody(Buffer.from(key)));
      expect((await read(store, `odd/${key}`)).toString()).toBe(key);
    });

    test("lists what starts with a prefix, in the order of the keys' bytes, with length and time", async () => {
      const keys = ["b/2", "b/10", "b/é", "b/z", "c/1"];
      for (const key of keys) await store.put(`list/${key}`, bytesBody(Buffer.from(key)));
      const listed = [];
      for await (const object of store.list("list/b/")) listed.push(object);
      expect(listed.map(({ key }) => key)).toEqual([
        "list/b/10",
        "list/b/2",
        "list/b/z",
        "list/b/é",
      ]);
      expect(listed.map(({ length }) => length)).toEqual([4, 3, 3, 4]);
      for (const { modified } of listed) {
        expect(Math.abs(modified.getTime() - Date.now())).toBeLessThan(120_000);
      }
    });

    test("lists what is behind a key, whether that is there or not", async () => {
      for (const key of ["1", "2", "é"])
        await store.put(`after/${key}`, bytesBody(Buffer.from(key)));
      const behind = async (after: string): Promise<string[]> => {
        const keys: string[] = [];
        for await (const { key } of store.list("after/", { after })) keys.push(key);
        return keys;
      };
      expect(await behind("after/1")).toEqual(["after/2", "after/é"]);
      expect(await behind("after/10")).toEqual(["after/2", "after/é"]);
      expect(await behind("after/é")).toEqual([]);
    });

    test("reads from a place on", async () => {
      const bytes = randomBytes(70_000);
      await store.put("from", bytesBody(bytes));
      const rest = await buffer(await store.get("from", { from: 65_537 }));
      expect(rest.equals(bytes.subarray(65_537))).toBe(true);
    });

    test("lists more than a page, each key once", async () => {
      const keys = Array.from({ length: 1005 }, (_, index) => `pages/${1000 + index}`);
      for (let at = 0; at < keys.length; at += 50) {
        const some = keys.slice(at, at + 50);
        await Promise.all(some.map((key) => store.put(key, bytesBody(Buffer.from("x")))));
      }
      const listed: string[] = [];
      for await (const { key } of store.list("pages/")) listed.push(key);
      expect(listed).toEqual(keys);
      expect(await store.delete(keys)).toEqual([]);
      for await (const { key } of store.list("pages/")) expect(key).toBe("gone");
    });

    test("overwrites", async () => {
      await store.put("twice", bytesBody(Buffer.from("first")));
      await store.put("twice", bytesBody(Buffer.from("second")));
      expect((await read(store, "twice")).toString()).toBe("second");
    });

    test("refuses to overwrite where only absence is asked for, if it can", async () => {
      const put = (text: string): Promise<PutReceipt> =>
        store.put("once", bytesBody(Buffer.from(text)), { onlyIfAbsent: true });
      await put("first");
      const second = await put("second").catch((error: unknown) => error);
      const refused = second instanceof StoreError && second.code === "exists" && second.permanent;
      expect(refused).toBe(refusesToOverwrite);
      const kept = refusesToOverwrite ? "first" : "second";
      expect((await read(store, "once")).toString()).toBe(kept);
    });

    test("tells that an object is not there", async () => {
      await expect(read(store, "missing")).rejects.toMatchObject({
        code: "not-found",
        permanent: true,
      });
    });

    test("deletes what is there and what is not", async () => {
      for (const key of ODD_KEYS) await store.put(`delete/${key}`, bytesBody(Buffer.from("x")));
      const keys = [...ODD_KEYS.map((key) => `delete/${key}`), "delete/never there"];
      expect(await store.delete(keys)).toEqual([]);
      for await (const { key } of store.list("delete/")) expect(key).toBe("gone");
    });

    test("sends a body in portions of the size that is allowed, all of it and in order", async () => {
      const bytes = randomBytes(1_500_000);
      const wanted: number[] = [];
      let allowed = 100_000;
      const pace = (most: number): number => {
        wanted.push(most);
        return Math.min(most, (allowed += 1));
      };
      await store.put("paced", bytesBody(bytes), { pace });
      expect((await read(store, "paced")).equals(bytes)).toBe(true);
      expect(wanted.length).toBeGreaterThanOrEqual(15);
      expect(Math.max(...wanted)).toBeLessThanOrEqual(262_144);
    });

    test("fails as what paces it, and stores nothing of it", async () => {
      let calls = 0;
      const pace = (wanted: number): number => {
        if (++calls === 3) throw new Error("the pace is broken");
        return wanted;
      };
      const put = store.put("torn", bytesBody(Buffer.alloc(3_000_000, "x")), { pace });
      await expect(put).rejects.toThrow("the pace is broken");
      await expect(read(store, "torn")).rejects.toMatchObject({ code: "not-found" });
    });

    test("stops in the middle of a body, and stores nothing of it", async () => {
      const controller = new AbortController();
      let calls = 0;
      const pace = (wanted: number): number => {
        if (++calls === 3) controller.abort(new Error("cancelled"));
        return wanted;
      };
      const options = { signal: controller.signal, pace };
      const put = store.put("stopped", bytesBody(Buffer.alloc(3_000_000, "x")), options);
      await expect(put).rejects.toThrow("cancelled");
      await expect(read(store, "stopped")).rejects.toMatchObject({ code: "not-found" });
    });

    test("stops with the signal's reason", async () => {
      const signal = AbortSignal.abort(new Error("cancelled"));
      await expect(store.put("cancelled", bytesBody(Buffer.from("x")), { signal })).rejects.toThrow(
        "cancelled",
      );
      await expect(read(store, "cancelled")).rejects.toMatchObject({ code: "not-found" });
    });
  });
}

async function read(store: ObjectStore, key: string): Promise<Buffer> {
  return await buffer(await store.get(key));
}
