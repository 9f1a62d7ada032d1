import { ARCHIVE_HOST } from "../contender/archive-host.ts";
import { backupManager } from "../contender/backup-manager.ts";
import { type Contender, inTurn } from "../measure/in-turn.ts";
import type { Command } from "../measure/measured-run.ts";
import { markdownTable } from "../report/markdown-table.ts";
import type { Report } from "../report/report.ts";
import { median } from "../statistics/median.ts";
import { nullTarget } from "../store/null-target.ts";
import { startNullStore } from "../store/start-null-store.ts";
import { writeConfiguration } from "../store/write-configuration.ts";
import { writePassphrase } from "../store/write-passphrase.ts";
import type { BenchOptions } from "./bench-options.ts";
import { withFolder } from "./with-folder.ts";

/** What both programs do before they see that their arguments are wrong. */
const WRONG_USAGE = 2;

/** How long the programs take where there is nothing to do, beside Node itself. */
export async function startUp({ rounds, say }: BenchOptions): Promise<Report> {
  const store = await startNullStore();
  try {
    return await withFolder(async (folder) => {
      const passphraseFile = await writePassphrase(folder);
      const target = nullTarget(store.endpoint);
      const configuration = await writeConfiguration(folder, target, { passphraseFile });
      const results = await inTurn(contenders(configuration), rounds, say);
      const ms = results.map(({ name, runs }) => {
        return { name, ms: median(runs.map(({ seconds }) => seconds * 1000)) };
      });
      return report(ms);
    });
  } finally {
    store.stop();
  }
}

function contenders(configuration: string): Contender[] {
  const node = (args: readonly string[], status?: number): Command => {
    const env = { PATH: "/usr/bin:/bin" };
    return { program: process.execPath, args, env, ...(status === undefined ? {} : { status }) };
  };
  const wrong = { ...backupManager(configuration, ["--no-such-option"]), status: WRONG_USAGE };
  const commands: Readonly<Record<string, Command>> = {
    "node -e 0": node(["-e", "0"]),
    "backup-manager --help": backupManager(configuration, ["--help"]),
    "backup-manager list": backupManager(configuration, ["list"]),
    "backup-manager --no-such-option": wrong,
    "archive-host, wrong arguments": node([ARCHIVE_HOST, "gandalf"], WRONG_USAGE),
  };
  return Object.entries(commands).map(([name, command]) => ({
    name,
    prepare: async () => command,
  }));
}

function report([node, ...others]: readonly {
  readonly name: string;
  readonly ms: number;
}[]): Report {
  const own = node?.ms ?? Number.NaN;
  const rows = others.map(({ name, ms }) => [name, ms.toFixed(0), (ms - own).toFixed(0)]);
  return {
    section: "start-up",
    table: markdownTable(
      ["", "ms", "above node, ms"],
      [[node?.name ?? "", own.toFixed(0), "0"], ...rows],
    ),
    figures: Object.fromEntries(others.map(({ name, ms }) => [`${name}, above node`, ms - own])),
    plots: {},
  };
}
