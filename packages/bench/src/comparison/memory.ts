import { archiveHost } from "../contender/archive-host.ts";
import type { Scene } from "../contender/scene.ts";
import { measuredRun } from "../measure/measured-run.ts";
import { markdownTable } from "../report/markdown-table.ts";
import type { Report } from "../report/report.ts";
import type { BenchOptions } from "./bench-options.ts";
import { withNullScene } from "./with-null-scene.ts";

const MIB = 2 ** 20;
const BUDGETS = [128 * MIB, 256 * MIB, 1024 * MIB];
/** Bytes: small ones, the default, and what BackupPC's web page asks for. */
const CHUNKS = [8 * MIB, 64 * MIB, 500e6];

interface Cell {
  readonly budget: number;
  readonly chunkSize: number;
  readonly peakBytes: number;
}

/** The most memory that archive-host takes, over budgets and chunk sizes. */
export async function memory(options: BenchOptions): Promise<Report> {
  return await withNullScene(options, async (scene) => {
    const cells: Cell[] = [];
    for (const budget of BUDGETS) {
      for (const chunkSize of CHUNKS) {
        const cell = await peakOf(scene, budget, chunkSize, cells.length);
        options.say(
          `memory ${mib(budget)} MiB, chunks of ${chunkSize}: ${mib(cell.peakBytes)} MiB`,
        );
        cells.push(cell);
      }
    }
    return report(cells);
  });
}

async function peakOf(scene: Scene, budget: number, chunkSize: number, run: number): Promise<Cell> {
  const settings = { memory: `${mib(budget)}MiB` };
  const command = await archiveHost({ ...scene, chunkSize }, { settings }).prepare(run);
  const { peakBytes } = await measuredRun(command);
  return { budget, chunkSize, peakBytes };
}

function report(cells: readonly Cell[]): Report {
  const rows = BUDGETS.map((budget) => {
    const peaks = cells.filter((cell) => cell.budget === budget);
    return [`memory = ${mib(budget)} MiB`, ...peaks.map(({ peakBytes }) => mib(peakBytes))];
  });
  const above = cells.map(({ budget, peakBytes }) => (peakBytes - budget) / MIB);
  const head = CHUNKS.map((size) => `chunks of ${(size / 1e6).toFixed(0)} MB`);
  return {
    section: "memory",
    table: markdownTable(["peak, MiB", ...head], rows),
    figures: { "most above the budget": Math.max(...above) },
    plots: {},
  };
}

function mib(bytes: number): string {
  return (bytes / MIB).toFixed(0);
}
