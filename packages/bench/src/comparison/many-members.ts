import { join } from "node:path";
import { archiveHost } from "../contender/archive-host.ts";
import { backupManager } from "../contender/backup-manager.ts";
import type { Scene } from "../contender/scene.ts";
import { memberPath } from "../input/many-members.ts";
import { type Command, type Measurement, measuredRun } from "../measure/measured-run.ts";
import { markdownTable } from "../report/markdown-table.ts";
import type { Report } from "../report/report.ts";
import { openTarget } from "../store/open-target.ts";
import type { Target } from "../store/target.ts";
import type { BenchOptions } from "./bench-options.ts";
import { restoreCommand } from "./restore-command.ts";
import { withKeptScene } from "./with-kept-scene.ts";

/** An archive of as many members as its length allows, beside one of one file: what the member index costs, and a look-up in it. */
export async function manyMembers(options: BenchOptions): Promise<Report> {
  const one = await withKeptScene({ ...options, input: "random" }, async (scene) => {
    return await measuredRun(await archiveHost(scene).prepare(0));
  });
  return await withKeptScene({ ...options, input: "many-members" }, async (scene, { target }) => {
    const members = Math.floor(options.size / 512);
    const runs: [string, Measurement][] = [["archive-host: one file of the same length", one]];
    for (const [name, command] of await commandsOf(scene, members)) {
      runs.push([name, await measuredRun(await command())]);
      options.say(`${name}: ${runs.at(-1)?.[1].seconds.toFixed(1)} s`);
    }
    return report(members, await indexBytes(target), runs);
  });
}

type Step = readonly [name: string, command: () => Promise<Command>];

async function commandsOf(scene: Scene, members: number): Promise<readonly Step[]> {
  const { folder } = scene;
  const script = join(folder, "restore.sh");
  const manager = async (...args: string[]): Promise<Command> =>
    backupManager(join(folder, "config.toml"), args);
  const run = async (...args: string[]): Promise<Command> =>
    await restoreCommand(scene, script, ...args);
  const named = memberPath(members - 1);
  return [
    ["archive-host", async () => await archiveHost(scene).prepare(0)],
    ["`backup-manager ls -R`", async () => await manager("ls", "--recursive", "bench")],
    [
      "`backup-manager script`",
      async () => await manager("script", "-H", "bench", "-b", "1", "-f", script),
    ],
    ["script: `--list`", async () => await run("--list")],
    ["script: `--find` of one file", async () => await run("--find", `*-${members - 1}.c`)],
    ["script: restore of one file", async () => await run(join(folder, "restored"), named)],
  ];
}

/** What is stored of the member index. */
async function indexBytes(target: Target): Promise<number> {
  let bytes = 0;
  for await (const { key, length } of openTarget(target).list("archives/")) {
    if (/\/members\.\d+\.gz\.gpg$/.test(key)) bytes += length;
  }
  return bytes;
}

function report(
  members: number,
  bytes: number,
  runs: readonly (readonly [string, Measurement])[],
): Report {
  const rows = runs.map(([name, { seconds, cpuSeconds, peakBytes }]) => {
    return [name, seconds.toFixed(1), cpuSeconds.toFixed(1), (peakBytes / 2 ** 20).toFixed(0)];
  });
  const head = [`${members.toLocaleString("en")} members`, "s", "CPU s", "peak memory, MiB"];
  const stored = `The member index takes ${(bytes / 1e6).toFixed(1)} MB of the store, ${(bytes / members).toFixed(1)} bytes a member.`;
  return {
    section: "many-members",
    table: `${markdownTable(head, rows)}\n\n${stored}`,
    figures: { members, "index, MB": bytes / 1e6 },
    plots: {},
  };
}
