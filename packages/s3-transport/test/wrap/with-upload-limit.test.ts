import { createHash } from "node:crypto";
import { createServer } from "node:http";
import { buffer } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  bytesBody,
  createS3Store,
  type ObjectStore,
  StoreError,
  withRetry,
  withUploadLimit,
} from "../../src/index.ts";
import { createMemoryStore } from "../../src/memory/memory-store.ts";

/** Bytes that arrived at a time, in milliseconds. */
interface Arrival {
  readonly time: number;
  readonly bytes: number;
}

let arrivals: Arrival[];
let store: ObjectStore;
let stop: () => void;
beforeEach(async () => {
  arrivals = [];
  const server = createServer((request, answer) => {
    const md5 = createHash("md5");
    request.on("data", (data: Buffer) => {
      arrivals.push({ time: performance.now(), bytes: data.length });
      md5.update(data);
    });
    request.on("end", () => answer.setHeader("etag", `"${md5.digest("hex")}"`).end());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  store = createS3Store({
    bucket: "offsite",
    region: "us-east-1",
    endpoint: `http://127.0.0.1:${port}`,
    forcePathStyle: true,
    credentials: { accessKeyId: "id", secretAccessKey: "key" },
  });
  stop = () => {
    server.closeAllConnections();
    server.close();
  };
  await store.put("first", bytesBody(Buffer.from("loads the SDK")));
});
afterEach(() => stop());

const WINDOW = 250;

/** Bytes of the fullest window, and the longest time without any. */
function measure(counted: readonly Arrival[]): { most: number; longestGap: number } {
  const inWindow = counted.map(({ time: from }) =>
    counted
      .filter(({ time }) => time >= from && time < from + WINDOW)
      .reduce((sum, { bytes }) => sum + bytes, 0),
  );
  const gaps = counted.slice(1).map(({ time }, index) => time - (counted[index]?.time ?? time));
  return { most: Math.max(...inWindow), longestGap: Math.max(...gaps) };
}

/** Four connections, each with two objects of so many bytes. */
async function upload(limited: ObjectStore, length: number): Promise<number> {
  arrivals = [];
  const started = performance.now();
  const body = bytesBody(Buffer.alloc(length, 1));
  const connection = async (name: string): Promise<void> => {
    for (const object of ["1", "2"]) await limited.put(name + object, body);
  };
  await Promise.all(["a", "b", "c", "d"].map(connection));
  return (performance.now() - started) / 1000;
}

// A machine that stands still for longer than a window looks like a gap: that is tried again.
describe("withUploadLimit", { retry: 3 }, () => {
  test.each([64_000, 20_000_000])(
    "sends %i bytes a second over four connections, no 250 ms empty and none overfull",
    async (rate) => {
      const seconds = await upload(
        withUploadLimit(store, () => rate),
        (rate * 1.2) / 8,
      );
      const { most, longestGap } = measure(arrivals);
      expect(seconds).toBeGreaterThan(1.1);
      expect(seconds).toBeLessThan(1.5);
      expect(longestGap).toBeLessThan(WINDOW);
      expect(most).toBeLessThan((1.5 * rate * WINDOW) / 1000);
    },
  );

  test("follows a rate that changes while it sends", async () => {
    let rate = 200_000;
    setTimeout(() => (rate = 2_000_000), 500);
    const begin = performance.now();
    await upload(
      withUploadLimit(store, () => rate),
      125_000,
    );
    const slow = arrivals.filter(({ time }) => time < begin + 500);
    const sum = slow.reduce((bytes, arrival) => bytes + arrival.bytes, 0);
    expect(sum).toBeGreaterThan(70_000);
    expect(sum).toBeLessThan(140_000);
    expect(performance.now() - begin).toBeLessThan(1400);
  });

  test("keeps every connection of many busy at a low rate, so that none looks stalled", async () => {
    const times = new Map<string, number[]>();
    const memory = createMemoryStore();
    const watched: ObjectStore = {
      ...memory,
      put: async (key, body, call = {}) => {
        const taken: number[] = [];
        times.set(key, taken);
        const pace = async (wanted: number): Promise<number> => {
          const allowed = (await call.pace?.(wanted)) ?? wanted;
          taken.push(performance.now());
          return allowed;
        };
        return await memory.put(key, body, { ...call, pace });
      },
    };
    const limited = withUploadLimit(watched, () => 8000);
    const body = bytesBody(Buffer.alloc(1000));
    await Promise.all(Array.from({ length: 16 }, (_, index) => limited.put(`${index}`, body)));
    expect(times.size).toBe(16);
    for (const taken of times.values()) {
      const gaps = taken.slice(1).map((time, index) => time - (taken[index] ?? time));
      expect(Math.max(...gaps)).toBeLessThan(1000);
    }
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
      if (calls < 3) throw new StoreError("throttled", "slow", { hint: "", permanent: false });
      return receipt;
    },
  };
  const limited = withRetry(
    withUploadLimit(failing, () => 100_000),
    { wait: async () => {} },
  );
  const started = performance.now();
  const bytes = Buffer.from(Array.from({ length: 20_000 }, (_, index) => index % 251));
  await limited.put("key", bytesBody(bytes));
  expect(performance.now() - started).toBeGreaterThan(450);
  expect(await buffer(await memory.get("key"))).toEqual(bytes);
});
