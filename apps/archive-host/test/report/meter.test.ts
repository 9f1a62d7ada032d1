import { createMemoryStore } from "@backuppc-archive-s3/s3-transport/memory";
import {
  bytesBody,
  type PutReceipt,
  StoreError,
  withRetry,
} from "@backuppc-archive-s3/s3-transport";
import { describe, expect, test } from "vitest";
import { Meter } from "../../src/report/meter.ts";
import { meteredStore } from "../../src/report/metered-store.ts";

describe("Meter", () => {
  test("tells the rate of the last 30 seconds, the percentage, and the time left at that rate", () => {
    let time = 0;
    const meter = new Meter(1_000_000, () => time);
    for (; time < 60; time++) meter.sent(1000);
    expect(meter.read().bytesPerSecond).toBeCloseTo(1000, -2);
    for (; time < 100; time++) meter.sent(5000);
    meter.ended(260_000);
    meter.stored({ tarLength: 260_000, storedLength: 260_000, isNew: true });
    const reading = meter.read();
    expect(reading).toMatchObject({ chunks: 1, tarBytes: 260_000, storedBytes: 260_000 });
    expect(reading.bytesPerSecond).toBeCloseTo(5000, -3);
    expect(reading.percent).toBe(26);
    expect(reading.secondsLeft).toBeCloseTo(740_000 / reading.bytesPerSecond);
  });

  test("counts half of a chunk as half of its slice, as well as compressed so far", () => {
    const meter = new Meter(4_000_000);
    meter.stored({ tarLength: 1_000_000, storedLength: 500_000, isNew: true });
    meter.sent(250_000);
    expect(meter.read().percent).toBe(37);
    meter.ended(250_000);
    expect(meter.read().percent).toBe(25);
  });

  test("takes chunks that are stored already as done, and as not sent", () => {
    let time = 0;
    const meter = new Meter(1_000_000, () => time);
    meter.stored({ tarLength: 500_000, storedLength: 200_000, isNew: false });
    time = 10;
    const reading = meter.read();
    expect(reading).toMatchObject({ chunks: 1, newChunks: 0, storedBytes: 0, percent: 50 });
    expect(reading.bytesPerSecond).toBe(0);
    expect(reading.secondsLeft).toBe(10);
  });

  test("shows no time left before 1 % is done: what is sent at the start is small and slow", () => {
    let time = 0;
    const meter = new Meter(500_000_000_000, () => time);
    meter.sent(300);
    time = 15;
    expect(meter.read()).toMatchObject({ percent: 0, secondsLeft: undefined });
    meter.stored({ tarLength: 5_000_000_000, storedLength: 2_000_000_000, isNew: true });
    expect(meter.read().secondsLeft).toBeGreaterThan(1000);
  });

  test("never says 100 % before the end", () => {
    const meter = new Meter(1000);
    meter.stored({ tarLength: 2000, storedLength: 2000, isNew: true });
    expect(meter.read()).toMatchObject({ percent: 99 });
  });

  test.each([undefined, 0])("knows no percentage and no end of a tar of %s bytes", (expected) => {
    const meter = new Meter(expected);
    meter.sent(10);
    expect(meter.read()).toMatchObject({ percent: undefined, secondsLeft: undefined });
  });
});

test("What is sent for an attempt that fails is no progress", async () => {
  const meter = new Meter(100_000);
  const memory = createMemoryStore();
  let failures = 1;
  const percents: (number | undefined)[] = [];
  const failing = {
    ...memory,
    put: async (...[key, body, call]: Parameters<typeof memory.put>): Promise<PutReceipt> => {
      const receipt = await memory.put(key, body, call);
      percents.push(meter.read().percent);
      if (failures-- <= 0) return receipt;
      throw new StoreError("stalled", "no", { permanent: false });
    },
  };
  const store = withRetry(meteredStore(failing, meter), {
    wait: async () => void percents.push(meter.read().percent),
  });
  await store.put("key", bytesBody(Buffer.alloc(50_000)));
  expect(percents).toEqual([50, 0, 50]);
});
