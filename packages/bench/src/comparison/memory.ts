import { archiveHost } from "../contender/archive-host.ts";
import type { Scene } from "../contender/scene.ts";
import { measuredRun } from "../measure/measured-run.ts";
import { markdownTable } from "../report/markdown-table.ts";
import type { Report } from "../report/report.ts";
import type { BenchOptions } from "./bench-options.ts";
import { withNullScene } from "./with-null-scene.ts";

const MIB = 2 ** 20;
const BUDGETS = [128 * MIB, 256 * MIB, 1024 * MIB];
/** Bytes: all that archive-host chooses from. */
const MEANS = [2, 4, 8, 16, 32].map((mean) => mean * MIB);

interface Row {
  readonly name: string;
  /** Bytes. */
  readonly budget: number;
  readonly compression: string;
}

const ROWS: readonly Row[] = [
  ...BUDGETS.map((budget) => ({ name: `memory = ${mib(budget)} MiB`, budget, compression: "" })),
  { name: "memory = 256 MiB, gzip", budget: 256 * MIB, compression: "/usr/bin/gzip" },
];

interface Cell {
  readonly row: Row;
  readonly peakBytes: number;
}

/** The most memory that archive-host takes, over budgets and means of chunks, and with compression. */
export async function memory(options: BenchOptions): Promise<Report> {
  return await withNullScene(options, async (scene) => {
    const cells: Cell[] = [];
    for (const row of ROWS) {
      for (const mean of MEANS) {
        const peakBytes = await peakOf({ ...scene, mean }, row, cells.length);
        options.say(`${row.name}, means of ${mib(mean)} MiB: ${mib(peakBytes)} MiB`);
        cells.push({ row, peakBytes });
      }
    }
    return report(cells);
  });
}

async function peakOf(scene: Scene, { budget, compression }: Row, run: number): Promise<number> {
  const options = { compression, settings: { memory: `${mib(budget)}MiB` } };
  const { peakBytes } = await measuredRun(await archiveHost(scene, options).prepare(run));
  return peakBytes;
}

function report(cells: readonly Cell[]): Report {
  const rows = ROWS.map((row) => {
    const peaks = cells.filter((cell) => cell.row === row);
    return [row.name, ...peaks.map(({ peakBytes }) => mib(peakBytes))];
  });
  const above = cells.map(({ row, peakBytes }) => (peakBytes - row.budget) / MIB);
  const head = MEANS.map((mean) => `means of ${mib(mean)} MiB`);
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
