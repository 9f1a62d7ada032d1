import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { describe, expect, test } from "vitest";
import { bytesBody, type ObjectStore, StoreError, withRetry } from "../../src/index.ts";
import { createMemoryStore } from "../../src/memory/memory-store.ts";

const body = bytesBody(Buffer.from("x"));
const passing = new StoreError("throttled", "slow down", { hint: "", permanent: false });
const lasting = new StoreError("denied", "no", { hint: "", permanent: true });

/** A store whose first calls fail, and the waits between them. */
function failing(...failures: unknown[]): {
  store: ObjectStore;
  waits: number[];
  calls: () => number;
} {
  const memory = createMemoryStore();
  let calls = 0;
  const waits: number[] = [];
  const fail = (): void => {
    calls++;
    const failure = failures.shift();
    if (failure !== undefined) throw failure;
  };
  const store: ObjectStore = {
    now: () => memory.now(),
    put: async (...args) => (fail(), await memory.put(...args)),
    get: async (...args) => (fail(), await memory.get(...args)),
    delete: async (...args) => (fail(), await memory.delete(...args)),
    async *list(...args) {
      fail();
      yield* memory.list(...args);
    },
  };
  const wait = async (milliseconds: number): Promise<void> => void waits.push(milliseconds);
  return { store: withRetry(store, { attempts: 4, wait }), waits, calls: () => calls };
}

/** Some items, and then a failure if there is to be one. */
async function* failingAfter<Item>(
  count: number,
  items: AsyncIterable<Item>,
  fails: () => boolean,
): AsyncGenerator<Item> {
  let given = 0;
  for await (const item of items) {
    if (given++ === count && fails()) throw passing;
    yield item;
  }
}

test.each([
  { attempts: 0 },
  { attempts: NaN },
  { attempts: 1.5 },
  { firstWait: -1 },
  { firstWait: NaN },
])("%o is refused, and nothing is asked", async (options) => {
  const store = withRetry(createMemoryStore(), options);
  await expect(store.put("key", bytesBody(Buffer.from("x")))).rejects.toMatchObject({
    code: "invalid-input",
  });
  expect(store.now()).toBeUndefined();
});

describe("withRetry", () => {
  test("tries again what may pass, waiting longer each time", async () => {
    const { store, waits, calls } = failing(passing, passing, passing);
    await store.put("key", body);
    expect(calls()).toBe(4);
    expect(waits.map((wait) => Math.round(wait / 500))).toHaveLength(3);
    for (const [index, wait] of waits.entries()) {
      expect(wait).toBeGreaterThanOrEqual(250 * 2 ** index);
      expect(wait).toBeLessThanOrEqual(500 * 2 ** index);
    }
  });

  test("gives up after the attempts, with the last error", async () => {
    const { store, calls } = failing(passing, passing, passing, passing, passing);
    await expect(store.put("key", body)).rejects.toBe(passing);
    expect(calls()).toBe(4);
  });

  test.each([lasting, new Error("a defect")])("does not try again after %s", async (failure) => {
    const { store, calls } = failing(failure);
    await expect(store.get("key")).rejects.toBe(failure);
    expect(calls()).toBe(1);
  });

  test("goes on with a list, and with what it reads, behind what has come", async () => {
    const memory = createMemoryStore();
    for (const key of ["a", "b", "c"]) await memory.put(key, bytesBody(Buffer.from(`${key}-`)));
    let left = 9;
    const flaky: ObjectStore = {
      ...memory,
      list: (...args) => failingAfter(1, memory.list(...args), () => left-- > 0),
      get: async (key, options) => {
        const bytes = await buffer(await memory.get(key, options));
        const pieces = Readable.from([...bytes].map((byte) => Buffer.from([byte])));
        return failingAfter(1, pieces, () => left-- > 0);
      },
    };
    const store = withRetry(flaky, { attempts: 2, wait: async () => {} });
    const keys: string[] = [];
    for await (const { key } of store.list("")) keys.push(key);
    expect(keys).toEqual(["a", "b", "c"]);
    expect(left).toBeLessThan(9);
    left = 9;
    expect(String(await buffer(await store.get("b")))).toBe("b-");
    expect(left).toBeLessThan(9);
  });

  test("begins a list again as long as nothing of it has come", async () => {
    const { store } = failing(undefined, passing);
    await store.put("key", body);
    const keys: string[] = [];
    for await (const { key } of store.list("")) keys.push(key);
    expect(keys).toEqual(["key"]);
  });

  test("stops waiting when it is cancelled", async () => {
    const controller = new AbortController();
    const store = withRetry(
      { ...createMemoryStore(), put: () => Promise.reject(passing) },
      { firstWait: 60_000 },
    );
    const put = store.put("key", body, { signal: controller.signal });
    setTimeout(() => controller.abort(new Error("cancelled")), 20);
    await expect(put).rejects.toThrow("cancelled");
  });
});
