import type { Measurement } from "../measure/measured-run.ts";
import type { Result } from "../measure/in-turn.ts";
import { median } from "../statistics/median.ts";
import { roundRatio } from "../statistics/round-ratios.ts";
import { barPlot } from "../plot/bar-plot.ts";
import { markdownTable } from "./markdown-table.ts";
import type { Report } from "./report.ts";

/** The first of the results is ours; the others are told by how many times longer they take. */
export function comparisonReport(
  section: string,
  results: readonly Result[],
  bytes: number,
): Report {
  const [ours] = results;
  const seconds = (result: Result | undefined): number[] =>
    (result?.runs ?? []).map((run) => run.seconds);
  const rows = results.map((result) => {
    const of = (figure: (run: Measurement) => number): number => median(result.runs.map(figure));
    return [
      result.name,
      `${of((run) => run.seconds).toFixed(2)} (${range(seconds(result))})`,
      of((run) => bytes / 1e6 / run.seconds).toFixed(0),
      roundRatio(seconds(ours), seconds(result)).toFixed(2),
      of((run) => run.cpuSeconds / (bytes / 1e9)).toFixed(2),
      of((run) => run.peakBytes / 2 ** 20).toFixed(0),
    ];
  });
  const bars = results.map((result) => ({
    label: result.name,
    value: median(result.runs.map((run) => bytes / 1e6 / run.seconds)),
  }));
  return {
    section,
    table: markdownTable(
      ["", "s (range)", "MB/s", "time, ours = 1", "CPU s/GB", "peak memory, MiB"],
      rows,
    ),
    plots: { [`${section}.svg`]: barPlot({ title: "MB/s of tar", bars }) },
  };
}

function range(values: readonly number[]): string {
  return `${Math.min(...values).toFixed(2)}-${Math.max(...values).toFixed(2)}`;
}
