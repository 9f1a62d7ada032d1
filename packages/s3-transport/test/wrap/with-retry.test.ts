import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { describe, expect, test, vi } from "vitest";
import {
  bytesBody,
  type ObjectStore,
  StoreError,
  type StoreErrorCode,
  withRetry,
} from "../../src/index.ts";
import { createMemoryStore } from "../../src/memory/memory-store.ts";

const body = bytesBody(Buffer.from("x"));
const passing = new StoreError("throttled", "slow down", { permanent: false });
const lasting = new StoreError("denied", "no", { permanent: true });

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
  { firstWaitMs: -1 },
  { firstWaitMs: NaN },
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
      { firstWaitMs: 60_000 },
    );
    const put = store.put("key", body, { signal: controller.signal });
    setTimeout(() => controller.abort(new Error("cancelled")), 20);
    await expect(put).rejects.toThrow("cancelled");
  });
});

describe("patience", () => {
  /** A store that is away until then, by a clock that only waits move, and when each try came. */
  function awayUntil(back: number, code: StoreErrorCode = "unreachable") {
    let time = 0;
    const tries: number[] = [];
    const asked: string[] = [];
    const failure = new StoreError(code, "no line.", { permanent: false });
    const put: ObjectStore["put"] = async () => {
      tries.push(time);
      if (time < back) throw failure;
      return {};
    };
    const options = {
      attempts: 3,
      firstWaitMs: 1000,
      now: () => time,
      wait: async (milliseconds: number) => void (time += milliseconds),
      patienceMs: ({ message }: StoreError) => (asked.push(message), 600_000),
    };
    return { store: withRetry({ ...createMemoryStore(), put }, options), tries, asked, failure };
  }

  test("outlives a store that comes back in time, and tries at least each half minute", async () => {
    const { store, tries, asked } = awayUntil(599_000);
    await store.put("key", body);
    expect(tries.at(-1)).toBeGreaterThanOrEqual(599_000);
    const waits = tries.slice(1).map((time, at) => time - (tries[at] ?? 0));
    expect(Math.max(...waits)).toBeLessThanOrEqual(30_000);
    // Asked once the attempts are used up, and not for the first two failures.
    expect(asked).toHaveLength(tries.length - 3);
  });

  test("ends when it is over: after a last try at its very end, with what failed as the cause", async () => {
    const { store, tries, failure } = awayUntil(Infinity);
    await expect(store.put("key", body)).rejects.toMatchObject({
      code: "away",
      message: "The store has been away for 10 min: no line.",
      cause: failure,
    });
    expect(tries.at(-1)).toBe(600_000);
  });

  test.each(["stalled", "throttled", "unconfirmed"] as const)("holds for %s", async (code) => {
    const { store, tries } = awayUntil(100_000, code);
    await store.put("key", body);
    expect(tries.length).toBeGreaterThan(3);
  });

  test("is none for damage on the way, which waiting does not change", async () => {
    const { store, tries, asked } = awayUntil(100_000, "corrupted");
    await expect(store.put("key", body)).rejects.toMatchObject({ code: "corrupted" });
    expect([tries.length, asked]).toEqual([3, []]);
  });

  test.each([0, NaN, -1])("of %d leaves it at the attempts, or is refused", async (patience) => {
    const put = vi.fn<ObjectStore["put"]>(async () => await Promise.reject(passing));
    const options = { attempts: 2, wait: async () => {}, patienceMs: () => patience };
    const store = withRetry({ ...createMemoryStore(), put }, options);
    const code = patience === 0 ? "throttled" : "invalid-input";
    await expect(store.put("key", body)).rejects.toMatchObject({ code });
    expect(put).toHaveBeenCalledTimes(2);
  });
});
