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

interface Setting {
  readonly name: string;
  /** Bytes. */
  readonly budget: number;
  readonly compression: string;
}

const SETTINGS: readonly Setting[] = [
  ...BUDGETS.map((budget) => ({ name: `memory = ${mib(budget)} MiB`, budget, compression: "" })),
  { name: "memory = 256 MiB, gzip", budget: 256 * MIB, compression: "/usr/bin/gzip" },
];

interface Cell {
  readonly setting: Setting;
  readonly chunkSize: number;
  readonly peakBytes: number;
}

/** The most memory that archive-host takes, over budgets and chunk sizes, and with compression. */
export async function memory(options: BenchOptions): Promise<Report> {
  return await withNullScene(options, async (scene) => {
    const cells: Cell[] = [];
    for (const setting of SETTINGS) {
      for (const chunkSize of CHUNKS) {
        const cell = await peakOf(scene, setting, chunkSize, cells.length);
        options.say(`${setting.name}, chunks of ${chunkSize}: ${mib(cell.peakBytes)} MiB`);
        cells.push(cell);
      }
    }
    return report(cells);
  });
}

async function peakOf(
  scene: Scene,
  setting: Setting,
  chunkSize: number,
  run: number,
): Promise<Cell> {
  const { budget, compression } = setting;
  const options = { compression, settings: { memory: `${mib(budget)}MiB` } };
  const command = await archiveHost({ ...scene, chunkSize }, options).prepare(run);
  const { peakBytes } = await measuredRun(command);
  return { setting, chunkSize, peakBytes };
}

function report(cells: readonly Cell[]): Report {
  const rows = SETTINGS.map((setting) => {
    const peaks = cells.filter((cell) => cell.setting === setting);
    return [setting.name, ...peaks.map(({ peakBytes }) => mib(peakBytes))];
  });
  const above = cells.map(({ setting, peakBytes }) => (peakBytes - setting.budget) / MIB);
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
