import { startUplink } from "@backuppc-archive-s3/test-rig";
import { BenchError } from "../bench-error.ts";
import { archiveHost } from "../contender/archive-host.ts";
import type { Scene } from "../contender/scene.ts";
import { shellPeer } from "../contender/shell-peer.ts";
import { splitGpgCurl } from "../contender/split-gpg-curl.ts";
import { staged } from "../contender/staged.ts";
import { type Contender } from "../measure/in-turn.ts";
import { measuredRun } from "../measure/measured-run.ts";
import { linePlot, type Series } from "../plot/line-plot.ts";
import { markdownTable } from "../report/markdown-table.ts";
import type { Report } from "../report/report.ts";
import { lineUse } from "../statistics/line-use.ts";
import { perInterval } from "../statistics/per-interval.ts";
import type { BenchOptions } from "./bench-options.ts";
import { withNullScene } from "./with-null-scene.ts";

/** Seconds of a step in the plot. */
const STEP = 0.1;

interface LineRun {
  readonly row: readonly string[];
  readonly figures: Readonly<Record<string, number>>;
  readonly series: Series;
}

/** How evenly a narrow uplink is made use of, ours beside the Python program's way and split + gpg + curl. */
export async function uplink(options: BenchOptions): Promise<Report> {
  const { rate } = options;
  return await withNullScene(options, async (scene) => {
    const runs: LineRun[] = [];
    const contenders = [
      (narrow: Scene) => archiveHost(narrow),
      (narrow: Scene) => shellPeer(narrow, staged),
      (narrow: Scene) => shellPeer(narrow, splitGpgCurl),
    ];
    for (const make of contenders) runs.push(await lineRun(make, scene, rate));
    return report(runs, rate);
  });
}

async function lineRun(
  make: (scene: Scene) => Contender,
  scene: Scene,
  rate: number,
): Promise<LineRun> {
  const line = await startUplink({ endpoint: scene.target.endpoint, rate });
  try {
    const target = { ...scene.target, endpoint: line.endpoint };
    const contender = make({ ...scene, target });
    const command = await contender.prepare(1);
    const { passages } = line;
    const { seconds } = await measuredRun(command);
    await contender.putAway?.();
    const { busy, longestGap, first } = lineUse(passages, rate);
    if (Number.isNaN(busy))
      throw new BenchError("Too little passed to tell: take a larger --size.");
    const told = [(busy * 100).toFixed(1), (longestGap * 1000).toFixed(0), first.toFixed(1)];
    const points = perInterval(passages, STEP).map((bytes, step) => {
      return [step * STEP, bytes / STEP / 1e6] as const;
    });
    const { name } = contender;
    return {
      row: [name, ...told, seconds.toFixed(1)],
      figures: { [`${name}, busy`]: busy, [`${name}, longest gap`]: longestGap * 1000 },
      series: { label: name, points },
    };
  } finally {
    await line.stop();
  }
}

function report(runs: readonly LineRun[], rate: number): Report {
  const section = `uplink-${rate / 1e6}`;
  const head = ["", "busy, %", "longest gap, ms", "first chunk after, s", "whole run, s"];
  const title = `MB/s on an uplink of ${rate / 1e6} MB/s, in steps of 100 ms`;
  return {
    section,
    table: markdownTable(
      head,
      runs.map(({ row }) => row),
    ),
    figures: Object.assign({}, ...runs.map(({ figures }) => figures)),
    plots: {
      [`${section}.svg`]: linePlot({ title, unit: "s", series: runs.map(({ series }) => series) }),
    },
  };
}
