import type { Measurement } from "../measure/measured-run.ts";
import type { Result } from "../measure/in-turn.ts";
import { median } from "../statistics/median.ts";
import { roundRatio } from "../statistics/round-ratios.ts";
import { barPlot } from "../plot/bar-plot.ts";
import { markdownTable } from "./markdown-table.ts";
import type { Report } from "./report.ts";

const HEAD = [
  "",
  "s (range)",
  "MB/s",
  "time, ours = 1",
  "CPU s/GB",
  "CPU, ours = 1",
  "peak memory, MiB",
];

/** The first of the results is ours; the table gives the others as multiples of it. */
export function comparisonReport(
  section: string,
  results: readonly Result[],
  bytes: number,
): Report {
  const [ours] = results;
  const throughput = (run: Measurement): number => bytes / 1e6 / run.seconds;
  const rows = results.map((result) => {
    const of = (figure: (run: Measurement) => number): number => median(result.runs.map(figure));
    return [
      result.name,
      `${of((run) => run.seconds).toFixed(2)} (${range(seconds(result))})`,
      of(throughput).toFixed(0),
      roundRatio(seconds(ours), seconds(result)).toFixed(2),
      of((run) => run.cpuSeconds / (bytes / 1e9)).toFixed(2),
      roundRatio(cpuSeconds(ours), cpuSeconds(result)).toFixed(2),
      of((run) => run.peakBytes / 2 ** 20).toFixed(0),
    ];
  });
  const bars = results.map(({ name, runs }) => {
    return { label: name, value: median(runs.map(throughput)) };
  });
  return {
    section,
    table: markdownTable(HEAD, rows),
    figures: figures(results),
    plots: { [`${section}.svg`]: barPlot({ title: "MB/s of tar", bars }) },
  };
}

/** How many times what each of the others takes ours takes, by the clock and of the CPUs. */
function figures([ours, ...others]: readonly Result[]): Record<string, number> {
  const ratios = others.flatMap((other): [string, number][] => [
    [`time against ${other.name}`, roundRatio(seconds(other), seconds(ours))],
    [`CPU against ${other.name}`, roundRatio(cpuSeconds(other), cpuSeconds(ours))],
  ]);
  return Object.fromEntries(ratios);
}

function seconds(result: Result | undefined): number[] {
  return (result?.runs ?? []).map((run) => run.seconds);
}

function cpuSeconds(result: Result | undefined): number[] {
  return (result?.runs ?? []).map((run) => run.cpuSeconds);
}

function range(values: readonly number[]): string {
  return `${Math.min(...values).toFixed(2)}-${Math.max(...values).toFixed(2)}`;
}
