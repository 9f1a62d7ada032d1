import { join } from "node:path";
import { backupManager } from "../contender/backup-manager.ts";
import { smallChunks } from "../contender/small-chunks.ts";
import type { Scene } from "../contender/scene.ts";
import { writeTarCreate } from "../input/write-tar-create.ts";
import { measuredRun } from "../measure/measured-run.ts";
import { livingHost } from "../nights/living-host.ts";
import { tarInPoolOrder } from "../nights/tar-in-pool-order.ts";
import { markdownTable } from "../report/markdown-table.ts";
import type { Report } from "../report/report.ts";
import { type CountingProxy, startCountingProxy } from "../store/start-counting-proxy.ts";
import { startObservedStore } from "../store/observed-store.ts";
import { writePassphrase } from "../store/write-passphrase.ts";
import type { BenchOptions } from "./bench-options.ts";
import { withFolder } from "./with-folder.ts";

const COMMANDS: Readonly<Record<string, readonly string[]>> = {
  gc: ["gc"],
  delete: ["delete", "-H", "bench", "-b", "1"],
};

/** What gc and delete read of a host that was archived night after night in a great many chunks. */
export async function recordsRead(options: BenchOptions): Promise<Report> {
  return await withFolder(async (folder) => {
    const store = await startObservedStore(join(folder, "objects"));
    const proxy = await startCountingProxy(store.target.endpoint);
    try {
      const passphraseFile = await writePassphrase(folder);
      const target = { ...store.target, endpoint: proxy.endpoint };
      const input = { tree: join(folder, "tree"), tarCreate: join(folder, "tar-create"), bytes: 0 };
      const { mean, chunkSize } = options;
      const putAway = async (): Promise<void> => {};
      await archiveNights(
        { folder, input, target, mean, chunkSize, passphraseFile, putAway },
        options,
      );
      return report(await commandsIn(folder, proxy), options.rounds);
    } finally {
      proxy.stop();
      await store.stop();
    }
  });
}

async function archiveNights(scene: Scene, { size, rounds, say }: BenchOptions): Promise<void> {
  const tar = join(scene.folder, "night.tar");
  await writeTarCreate(scene.folder, `cat '${tar}'`);
  const ours = smallChunks(scene);
  const host = await livingHost(scene.input.tree, { size });
  for (let night = 1; night <= rounds; night += 1) {
    if (night > 1) await host.nextNight();
    const bytes = await tarInPoolOrder(scene.input.tree, tar);
    const { seconds } = await measuredRun(await ours.prepare(night - 1));
    say(`night ${night}: ${bytes} bytes of tar, ${seconds.toFixed(1)} s`);
  }
}

interface Reading {
  readonly command: string;
  readonly requests: number;
  /** Bytes of objects, lists not counted. */
  readonly read: number;
  readonly seconds: number;
}

async function commandsIn(folder: string, proxy: CountingProxy): Promise<Reading[]> {
  const readings: Reading[] = [];
  for (const [command, args] of Object.entries(COMMANDS)) {
    const before = await proxy.counted();
    const { seconds } = await measuredRun(backupManager(join(folder, "config.toml"), args));
    const { requests, read } = await proxy.counted();
    readings.push({
      command,
      requests: requests - before.requests,
      read: read - before.read,
      seconds,
    });
  }
  return readings;
}

function report(readings: readonly Reading[], archives: number): Report {
  const rows = readings.map(({ command, requests, read, seconds }) => {
    return [
      `backup-manager ${command}`,
      String(requests),
      (read / 1e6).toFixed(2),
      seconds.toFixed(1),
    ];
  });
  return {
    section: "records-read",
    table: markdownTable([`${archives} archives`, "requests", "MB of records", "s"], rows),
    figures: Object.fromEntries(
      readings.map(({ command, read }) => [`${command}, MB of records`, read / 1e6]),
    ),
    plots: {},
  };
}
