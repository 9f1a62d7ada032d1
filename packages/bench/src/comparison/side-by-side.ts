import { archiveHost } from "../contender/archive-host.ts";
import type { Scene } from "../contender/scene.ts";
import { type Measurement, measuredRun } from "../measure/measured-run.ts";
import { markdownTable } from "../report/markdown-table.ts";
import type { Report } from "../report/report.ts";
import { median } from "../statistics/median.ts";
import type { BenchOptions } from "./bench-options.ts";
import { withNullScene } from "./with-null-scene.ts";

const MIB = 2 ** 20;
const AT_ONCE = 4;

interface Together {
  /** MB/s of all of them. */
  readonly speed: number;
  /** Bytes, of the one that took the most. */
  readonly peakBytes: number;
}

/** One archive-host beside four at once on the same machine, each with a host of its own. */
export async function sideBySide(options: BenchOptions): Promise<Report> {
  return await withNullScene(options, async (scene) => {
    const [one, four]: [Together[], Together[]] = [[], []];
    for (let round = 0; round <= options.rounds; round += 1) {
      const [alone, together] = [await atOnce(1, scene), await atOnce(AT_ONCE, scene)];
      options.say(`round ${round}: ${alone.speed.toFixed(0)}, ${together.speed.toFixed(0)} MB/s`);
      // The first round is the warm-up.
      if (round === 0) continue;
      one.push(alone);
      four.push(together);
    }
    return report(one, four);
  });
}

async function atOnce(count: number, scene: Scene): Promise<Together> {
  const commands = [];
  for (let index = 0; index < count; index += 1) {
    commands.push(await archiveHost(scene, { host: `host-${index}` }).prepare(0));
  }
  const began = performance.now();
  const running = commands.map(measuredRun);
  // One that fails leaves the others at work, and their folder must stay until they have ended.
  await Promise.allSettled(running);
  const runs: readonly Measurement[] = await Promise.all(running);
  const seconds = (performance.now() - began) / 1000;
  return {
    speed: (count * scene.input.bytes) / 1e6 / seconds,
    peakBytes: Math.max(...runs.map(({ peakBytes }) => peakBytes)),
  };
}

function report(one: readonly Together[], four: readonly Together[]): Report {
  const speed = (runs: readonly Together[]): number => median(runs.map((run) => run.speed));
  const row = (name: string, runs: readonly Together[]): string[] => {
    const peak = Math.max(...runs.map(({ peakBytes }) => peakBytes));
    return [name, speed(runs).toFixed(0), (peak / MIB).toFixed(0)];
  };
  const head = ["", "MB/s, together", "peak memory of each, MiB"];
  return {
    section: "side-by-side",
    table: markdownTable(head, [row("one", one), row(`${AT_ONCE} at once`, four)]),
    figures: { "four against one": speed(four) / speed(one) },
    plots: {},
  };
}
