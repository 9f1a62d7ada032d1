import { randomBytes } from "node:crypto";
import { buffer } from "node:stream/consumers";
import { beforeAll, describe, expect, test } from "vitest";
import { bytesBody, type ObjectBody, type ObjectStore } from "../../src/index.ts";

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

/**
 * What every ObjectStore promises; each implementation runs it.
 *
 * @param refusesToOverwrite false for a store that does not heed `onlyIfAbsent`
 */
export function objectStoreContract(
  name: string,
  create: () => Promise<ObjectStore>,
  { refusesToOverwrite = true } = {},
): void {
  describe(`${name} as an ObjectStore`, () => {
    let store: ObjectStore;
    beforeAll(async () => {
      store = await create();
    });

    test.each([0, 1, 5_000_000])("gives back the %i bytes that were put", async (length) => {
      const bytes = randomBytes(length);
      await store.put(`length/${length}`, bytesBody(bytes));
      expect((await read(store, `length/${length}`)).equals(bytes)).toBe(true);
    });

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
      const put = (text: string): Promise<void> =>
        store.put("once", bytesBody(Buffer.from(text)), { onlyIfAbsent: true });
      await put("first");
      const second = await put("second").catch((error: unknown) => error);
      const refusal = expect.objectContaining({ code: "exists", permanent: true });
      expect(second).toEqual(refusesToOverwrite ? refusal : undefined);
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

    test("throws the error of a body that breaks off, and stores nothing of it", async () => {
      const body = bodyInTwo(() => {
        throw new Error("the spool is gone");
      });
      await expect(store.put("torn", body)).rejects.toThrow("the spool is gone");
      await expect(read(store, "torn")).rejects.toMatchObject({ code: "not-found" });
    });

    test("stops in the middle of a body, and stores nothing of it", async () => {
      const controller = new AbortController();
      const body = bodyInTwo(() => controller.abort(new Error("cancelled")));
      const put = store.put("stopped", body, { signal: controller.signal });
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

function bodyInTwo(inTheMiddle: () => void): ObjectBody {
  const half = Buffer.alloc(1_500_000, "x");
  return {
    ...bytesBody(Buffer.concat([half, half])),
    async *open() {
      yield half;
      inTheMiddle();
      yield half;
    },
  };
}

async function read(store: ObjectStore, key: string): Promise<Buffer> {
  return await buffer(await store.get(key));
}
