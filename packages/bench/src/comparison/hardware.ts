import { setImmediate } from "node:timers/promises";
import { cryptoLimits } from "../hardware/crypto-limits.ts";
import type { Limit } from "../hardware/limit.ts";
import { pipeLimit } from "../hardware/pipe-limit.ts";
import { putLimit } from "../hardware/put-limit.ts";
import { interruption } from "../measure/interruption.ts";
import { markdownTable } from "../report/markdown-table.ts";
import type { Report } from "../report/report.ts";
import { median } from "../statistics/median.ts";
import { startNullStore } from "../store/start-null-store.ts";
import type { BenchOptions } from "./bench-options.ts";

/** How fast anything could be here, in Node: ciphers and digests of one core, a pipe, the loopback. */
export async function hardware({ size, rounds, say }: BenchOptions): Promise<Report> {
  const store = await startNullStore();
  try {
    const figures: Record<string, number> = {};
    for (const limit of [...cryptoLimits, pipeLimit, putLimit(store.endpoint)]) {
      figures[limit.name] = await medianOf(limit, size, rounds);
      say(`${limit.name}: ${figures[limit.name]?.toFixed(0)} MB/s`);
    }
    const rows = Object.entries(figures).map(([name, value]) => [name, value.toFixed(0)]);
    return { section: "hardware", table: markdownTable(["", "MB/s"], rows), figures, plots: {} };
  } finally {
    store.stop();
  }
}

/** MB/s; the first pass is a warm-up. */
async function medianOf({ pass }: Limit, bytes: number, rounds: number): Promise<number> {
  const speeds: number[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    // A pass may leave no room for anything else, signals included.
    await setImmediate();
    interruption.throwIfAborted();
    const began = performance.now();
    await pass(bytes);
    const seconds = (performance.now() - began) / 1000;
    if (round > 0) speeds.push(bytes / 1e6 / seconds);
  }
  return median(speeds);
}
