import { mkdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { backupManager } from "../contender/backup-manager.ts";
import { smallChunks } from "../contender/small-chunks.ts";
import { type Command, type Measurement, measuredRun } from "../measure/measured-run.ts";
import { markdownTable } from "../report/markdown-table.ts";
import type { Report } from "../report/report.ts";
import type { Seen } from "../store/observed-store.ts";
import type { BenchOptions } from "./bench-options.ts";
import { firstFetch } from "./first-fetch.ts";
import { restoreCommand } from "./restore-command.ts";
import { withKeptScene } from "./with-kept-scene.ts";

/** An archive of a great many chunks: made, shown, made a restore script of, and restored until the first chunk is fetched. */
export async function manyChunks(options: BenchOptions): Promise<Report> {
  return await withKeptScene(options, async (scene, store) => {
    const script = join(scene.folder, "restore.sh");
    await mkdir(join(scene.folder, "restored"));
    const manager = (...args: string[]): Command =>
      backupManager(join(scene.folder, "config.toml"), [...args, "-H", "bench", "-b", "1"]);
    const commands: Readonly<Record<string, Command>> = {
      "the archive": await smallChunks(scene).prepare(0),
      "backup-manager show": manager("show"),
      "backup-manager script": manager("script", "-f", script),
    };
    const runs: [string, Measurement][] = [];
    for (const [name, command] of Object.entries(commands)) {
      runs.push([name, await measuredRun(command)]);
      options.say(`${name}: ${runs.at(-1)?.[1].seconds.toFixed(1)} s`);
    }
    const first = await firstFetch(await restoreCommand(scene, script), store);
    const isChunk = ({ method, key }: Seen) => method === "PUT" && key.startsWith("chunks/");
    return report(runs, {
      chunks: store.requests.filter(isChunk).length,
      "script, MB": (await stat(script)).size / 1e6,
      "first fetch, s": first,
    });
  });
}

function report(
  runs: readonly (readonly [string, Measurement])[],
  figures: Readonly<Record<string, number>>,
): Report {
  const { chunks = 0, "script, MB": megabytes = 0, "first fetch, s": first = 0 } = figures;
  const rows = runs.map(([name, { seconds, peakBytes }]) => {
    return [name, seconds.toFixed(1), (peakBytes / 2 ** 20).toFixed(0)];
  });
  const table = markdownTable([`${chunks} chunks`, "s", "peak memory, MiB"], rows);
  const script = `The script has ${megabytes.toFixed(2)} MB; its first chunk is asked for ${first.toFixed(1)} s after its start.`;
  const written =
    runs.find(([name]) => name === "backup-manager script")?.[1].seconds ?? Number.NaN;
  return {
    section: "many-chunks",
    table: `${table}\n\n${script}`,
    figures: { ...figures, "script written, s": written },
    plots: {},
  };
}
