import { bytesBody, type ObjectStore } from "@backuppc-archive-s3/s3-transport";
import { createMemoryStore } from "@backuppc-archive-s3/s3-transport/memory";
import { expect, test } from "vitest";
import { Outage } from "../../src/report/outage.ts";
import { watchedStore } from "../../src/report/watched-store.ts";

/** What an outage sees of one upload, at a clock that the store and the limit set. */
async function secondsAfter(silence: { limit?: number; store?: number }): Promise<number> {
  const clock = { time: 0 };
  const outage = new Outage({ patience: 60, say: () => {}, now: () => clock.time });
  let seen = 0;
  const memory = createMemoryStore();
  const store: ObjectStore = {
    ...memory,
    put: async (key, body, options = {}) => {
      const receipt = await memory.put(key, body, options);
      clock.time += silence.store ?? 0;
      seen = outage.seconds();
      return receipt;
    },
  };
  const watched = watchedStore(store, outage);
  const pace = async (wanted: number): Promise<number> => {
    clock.time += silence.limit ?? 0;
    return wanted;
  };
  await watched.put("a", bytesBody(Buffer.from("bytes")), { pace });
  expect(outage.seconds()).toBe(0);
  return seen;
}

test("An upload that the store keeps waiting is counted", async () => {
  expect(await secondsAfter({ store: 40 })).toBe(40);
});

test("An upload that its own limit holds up is not", async () => {
  expect(await secondsAfter({ limit: 40 })).toBe(0);
});
