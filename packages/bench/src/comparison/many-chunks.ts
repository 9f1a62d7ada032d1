import { join } from "node:path";
import { BenchError } from "../bench-error.ts";
import { archiveHost } from "../contender/archive-host.ts";
import { backupManager } from "../contender/backup-manager.ts";
import { type Command, type Measurement, measuredRun } from "../measure/measured-run.ts";
import { markdownTable } from "../report/markdown-table.ts";
import type { Report } from "../report/report.ts";
import type { BenchOptions } from "./bench-options.ts";
import { withKeptScene } from "./with-kept-scene.ts";

/** An archive of a great many chunks: made, shown, and made a restore script of. */
export async function manyChunks(options: BenchOptions): Promise<Report> {
  return await withKeptScene(options, async (scene) => {
    const archived = await archiveHost(scene).prepare(0);
    const configuration = join(scene.folder, "config.toml");
    const manager = (...args: string[]): Command =>
      backupManager(configuration, [...args, "-H", "bench", "-b", "1"]);
    const commands: Readonly<Record<string, Command>> = {
      "archive-host": archived,
      "backup-manager show": manager("show"),
      "backup-manager script": manager("script"),
    };
    const runs: [string, Measurement][] = [];
    for (const [name, command] of Object.entries(commands)) {
      runs.push([name, await measuredRun(command)]);
      options.say(`${name}: ${runs.at(-1)?.[1].seconds.toFixed(1)} s`);
    }
    return report(runs, Math.ceil(scene.input.bytes / scene.chunkSize));
  });
}

function report(runs: readonly (readonly [string, Measurement])[], chunks: number): Report {
  const script = runs.at(-1)?.[1].stdout ?? "";
  const lines = script.split("\n").filter((line) => /^bench\.1\.tar\.\d{8}\.gpg /.test(line));
  if (lines.length !== chunks) {
    throw new BenchError(`The script has ${lines.length} of ${chunks} chunks.`);
  }
  const rows = runs.map(([name, { seconds, peakBytes }]) => {
    return [name, seconds.toFixed(1), (peakBytes / 2 ** 20).toFixed(0)];
  });
  return {
    section: "many-chunks",
    table: markdownTable([`${chunks} chunks`, "s", "peak memory, MiB"], rows),
    figures: { chunks },
    plots: {},
  };
}
