import { buffer } from "node:stream/consumers";
import { beforeEach, describe, expect, test } from "vitest";
import {
  bytesBody,
  type ObjectStore,
  StoreError,
  withRetry,
  withUploadLimit,
} from "../../src/index.ts";
import { createMemoryStore } from "../../src/memory/memory-store.ts";
import type { Clock } from "../../src/wrap/pacer.ts";

/** Bytes that were sent at a time, in milliseconds. */
interface Sent {
  readonly key: string;
  readonly time: number;
  readonly bytes: number;
}

/** A time that goes on when everybody waits. */
class StoppedClock implements Clock {
  #now = 0;
  readonly #waits: { at: number; go: () => void }[] = [];

  now(): number {
    return this.#now;
  }

  async wait(milliseconds: number): Promise<void> {
    await new Promise<void>((go) => {
      this.#waits.push({ at: this.#now + milliseconds, go });
      setImmediate(() => this.#next());
    });
  }

  #next(): void {
    const [first] = this.#waits.toSorted((a, b) => a.at - b.at);
    if (first === undefined) return;
    this.#waits.splice(this.#waits.indexOf(first), 1);
    this.#now = Math.max(this.#now, first.at);
    first.go();
  }
}

let clock: StoppedClock;
let sent: Sent[];
let store: ObjectStore;
beforeEach(() => {
  clock = new StoppedClock();
  sent = [];
  const memory = createMemoryStore();
  store = {
    ...memory,
    put: async (key, body, call = {}) => {
      const pace = async (wanted: number): Promise<number> => {
        const bytes = (await call.pace?.(wanted)) ?? wanted;
        sent.push({ key, time: clock.now(), bytes });
        return bytes;
      };
      return await memory.put(key, body, { ...call, pace });
    },
  };
});

const WINDOW = 250;

/** Bytes of the fullest window, and the longest time without any. */
function measure(counted: readonly Sent[]): { most: number; longestGap: number } {
  const inWindow = counted.map(({ time: from }) =>
    counted
      .filter(({ time }) => time >= from && time < from + WINDOW)
      .reduce((sum, { bytes }) => sum + bytes, 0),
  );
  const gaps = counted.slice(1).map(({ time }, index) => time - (counted[index]?.time ?? time));
  return { most: Math.max(...inWindow), longestGap: Math.max(...gaps) };
}

/** Four connections, each with two objects of so many bytes. Gives the seconds that it took. */
async function upload(limited: ObjectStore, length: number): Promise<number> {
  const body = bytesBody(Buffer.alloc(length, 1));
  const connection = async (name: string): Promise<void> => {
    for (const object of ["1", "2"]) await limited.put(name + object, body);
  };
  await Promise.all(["a", "b", "c", "d"].map(connection));
  return clock.now() / 1000;
}

describe("withUploadLimit", () => {
  test.each([64_000, 20_000_000])(
    "sends %i bytes a second over four connections, no 250 ms empty and none overfull",
    async (rate) => {
      const seconds = await upload(
        withUploadLimit(store, () => rate, clock),
        (rate * 1.2) / 8,
      );
      const { most, longestGap } = measure(sent);
      expect(seconds).toBeGreaterThan(1.1);
      expect(seconds).toBeLessThan(1.25);
      expect(longestGap).toBeLessThan(WINDOW);
      expect(most).toBeLessThan((1.3 * rate * WINDOW) / 1000);
    },
  );

  test("follows a rate that changes while it sends", async () => {
    const rate = (): number => (clock.now() < 500 ? 200_000 : 2_000_000);
    const seconds = await upload(withUploadLimit(store, rate, clock), 125_000);
    const slow = sent.filter(({ time }) => time < 500);
    const sum = slow.reduce((bytes, one) => bytes + one.bytes, 0);
    expect(sum).toBeGreaterThan(90_000);
    expect(sum).toBeLessThan(115_000);
    expect(seconds).toBeLessThan(1.1);
  });

  test("keeps every connection of many busy at a low rate, so that none looks stalled", async () => {
    const limited = withUploadLimit(store, () => 8000, clock);
    const body = bytesBody(Buffer.alloc(1000));
    const keys = Array.from({ length: 16 }, (_, index) => String(index));
    await Promise.all(keys.map((key) => limited.put(key, body)));
    for (const key of keys) {
      const times = sent.filter((one) => one.key === key).map(({ time }) => time);
      const gaps = times.slice(1).map((time, index) => time - (times[index] ?? time));
      expect(Math.max(...gaps)).toBeLessThan(1000);
    }
  });

  test("waits by the machine's clock unless another is given", async () => {
    const begin = performance.now();
    await withUploadLimit(store, () => 100_000).put("key", bytesBody(Buffer.alloc(20_000)));
    expect(performance.now() - begin).toBeGreaterThan(90);
  });
});

test("What is sent again is limited again, and arrives whole", async () => {
  const memory = createMemoryStore();
  let calls = 0;
  const failing: ObjectStore = {
    ...memory,
    put: async (key, body, call) => {
      const receipt = await memory.put(key, body, call);
      calls += 1;
      if (calls < 3) throw new StoreError("throttled", "slow", { permanent: false });
      return receipt;
    },
  };
  const limited = withRetry(
    withUploadLimit(failing, () => 100_000, clock),
    { wait: async () => {} },
  );
  const bytes = Buffer.from(Array.from({ length: 20_000 }, (_, index) => index % 251));
  await limited.put("key", bytesBody(bytes));
  expect(clock.now()).toBeGreaterThan(450);
  expect(await buffer(await memory.get("key"))).toEqual(bytes);
});
