import { archiveHost } from "../contender/archive-host.ts";
import { type Measurement, measuredRun } from "../measure/measured-run.ts";
import { linePlot } from "../plot/line-plot.ts";
import { markdownTable } from "../report/markdown-table.ts";
import type { Report } from "../report/report.ts";
import { highestOfEach } from "../statistics/highest-of-each.ts";
import { quarters } from "../statistics/quarters.ts";
import type { BenchOptions } from "./bench-options.ts";
import { withNullScene } from "./with-null-scene.ts";

const MIB = 2 ** 20;
/** More than the plot has pixels for. */
const POINTS = 600;

/** A backup that is larger than the disk: whether memory stays what it was. */
export async function stream(options: BenchOptions): Promise<Report> {
  return await withNullScene({ ...options, input: "stream" }, async (scene) => {
    const measured = await measuredRun(await archiveHost(scene).prepare(0));
    return report(measured, scene.input.bytes);
  });
}

function report({ seconds, cpuSeconds, peakBytes, memory }: Measurement, bytes: number): Report {
  const { first, last } = quarters(memory);
  const rows = [
    ["tar, GB", (bytes / 1e9).toFixed(1)],
    ["s", seconds.toFixed(0)],
    ["MB/s", (bytes / 1e6 / seconds).toFixed(0)],
    ["CPU s/GB", (cpuSeconds / (bytes / 1e9)).toFixed(2)],
    ["memory in the first quarter, median, MiB", (first / MIB).toFixed(0)],
    ["memory in the last quarter, median, MiB", (last / MIB).toFixed(0)],
    ["peak memory, MiB", (peakBytes / MIB).toFixed(0)],
  ];
  const points = memory.map((sample) => [sample.seconds, sample.bytes / MIB] as const);
  const series = [{ label: "archive-host", points: highestOfEach(points, POINTS) }];
  return {
    section: "stream",
    table: markdownTable(["", "archive-host"], rows),
    figures: { "last quarter against first": last / first, "peak, MiB": peakBytes / MIB },
    plots: { "stream.svg": linePlot({ title: "Memory, MiB, over time", unit: "s", series }) },
  };
}
