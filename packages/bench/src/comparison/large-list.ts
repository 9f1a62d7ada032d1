import { startLargeStore } from "@backuppc-archive-s3/test-rig";
import { backupManager } from "../contender/backup-manager.ts";
import { inTurn } from "../measure/in-turn.ts";
import type { Measurement } from "../measure/measured-run.ts";
import { markdownTable } from "../report/markdown-table.ts";
import type { Report } from "../report/report.ts";
import { median } from "../statistics/median.ts";
import { nullTarget } from "../store/null-target.ts";
import { writeConfiguration } from "../store/write-configuration.ts";
import { writePassphrase } from "../store/write-passphrase.ts";
import type { BenchOptions } from "./bench-options.ts";
import { withFolder } from "./with-folder.ts";

/** `backup-manager list` of 10,000 archives. */
export async function largeList({ rounds, say }: BenchOptions): Promise<Report> {
  const store = await startLargeStore();
  try {
    return await withFolder(async (folder) => {
      const passphraseFile = await writePassphrase(folder);
      const target = nullTarget(store.endpoint);
      const configuration = await writeConfiguration(folder, target, { passphraseFile });
      const list = {
        name: "backup-manager list",
        prepare: async () => {
          store.requests.length = 0;
          return backupManager(configuration, ["list"]);
        },
      };
      const [result] = await inTurn([list], rounds, say);
      return report(result?.runs ?? [], store.requests.length);
    });
  } finally {
    await store.stop();
  }
}

function report(runs: readonly Measurement[], requests: number): Report {
  const seconds = median(runs.map((run) => run.seconds));
  const peak = Math.max(...runs.map(({ peakBytes }) => peakBytes)) / 2 ** 20;
  const rows = [
    ["requests", String(requests)],
    ["s", seconds.toFixed(2)],
    ["peak memory, MiB", peak.toFixed(0)],
  ];
  return {
    section: "large-list",
    table: markdownTable(["", "backup-manager list"], rows),
    figures: { requests, seconds },
    plots: {},
  };
}
