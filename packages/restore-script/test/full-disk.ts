import { expect } from "vitest";
import type { Bench } from "./bench.ts";

/**
 * Archives for a test of a full disk: many chunks, fetched two at a time, of which the server gives the middle one
 * only after tar has reported its error. How much a script fetches then does not depend on which of the two is faster.
 * Returns the number of chunks.
 */
export async function archiveForFullDisk(bench: Bench): Promise<number> {
  await bench.archive({ encryption: null, chunkSize: 20_000 });
  await bench.edit((text) => text.replace("BATCH=32000000", "BATCH=40000"));
  const chunks = Number(/^ROWS='(\d+)'/m.exec(await bench.script())?.[1]);
  expect(chunks).toBeGreaterThan(15);
  const middle = String(Math.floor(chunks / 2)).padStart(8, "0");
  bench.server.faults.set(middle, {
    faults: [{ until: async () => (await bench.tarSaid()) !== "" }],
  });
  return chunks;
}
