import { resolve } from "node:path";
import { type Common, defineCommand } from "../command-line/command.ts";
import { flag, type Given, GROUPS, valued } from "../command-line/option.ts";
import { secondsOf, sizeOf, textOf, wholeNumberOf } from "../command-line/read-value.ts";
import { ATTEMPT, BACKUP_NUMBER, type COMMON, HOST } from "../command-line/shared-options.ts";
import { usageError } from "../command-line/usage-error.ts";

export interface DrillInvocation extends Common {
  readonly target: DrillTarget;
  /** Random files to restore. */
  readonly sample: number;
  /** Bytes: no larger file is restored. */
  readonly largest: number;
  /** Restore everything into this directory; members alone, into a temporary one, if undefined. */
  readonly full: string | undefined;
  /** Compare with what BackupPC has, too. */
  readonly againstBackuppc: boolean;
  /** Change a byte on the way: the drill must fail. */
  readonly sabotage: boolean;
}

/** One host, or hosts in turn. */
export type DrillTarget =
  | {
      readonly host: string;
      readonly number: number | undefined;
      readonly attempt: string | undefined;
    }
  | {
      readonly host: undefined;
      readonly most: number;
      /** Seconds after which no further host is begun. */
      readonly within: number | undefined;
    };

const { which, work } = GROUPS;

const OPTIONS = {
  host: HOST,
  "backup-number": BACKUP_NUMBER,
  attempt: ATTEMPT,
  hosts: valued(
    {
      value: "N",
      group: which,
      describe: "so many hosts, the longest unproven first [default: 1]",
    },
    wholeNumberOf("hosts"),
  ),
  within: valued(
    {
      value: "TIME",
      group: which,
      describe: "begin with further hosts until so much time has passed: 30m, 2h",
    },
    secondsOf("within"),
  ),
  sample: valued(
    { value: "N", group: work, describe: "random files to restore [default: 10]" },
    wholeNumberOf("sample"),
  ),
  largest: valued(
    {
      value: "SIZE",
      group: work,
      describe: "restore no file that is larger than this [default: 1GB]",
    },
    sizeOf("largest"),
  ),
  full: valued(
    {
      value: "DIR",
      group: work,
      describe: "restore everything, into a new directory; needs --host",
      implies: "host",
    },
    textOf("full"),
  ),
  "against-backuppc": flag({
    group: work,
    describe: "compare with what BackupPC has today; on its server, as its user",
  }),
  sabotage: flag({
    group: work,
    describe: "change a byte on the way: the drill must fail, with status 13",
  }),
};

export const DRILL = defineCommand({
  name: "drill",
  usage: "[-H HOST [-b N]] [--hosts N] [--full DIR]",
  summary: "restore by a real script, and compare",
  options: OPTIONS,
  examples: [
    ["backup-manager drill", "restore some files of the host that is longest unproven"],
    ["backup-manager drill --within 2h", "drill one host after the other for two hours"],
    ["backup-manager drill -H gandalf --full /mnt/gandalf", "restore all of gandalf"],
  ],
  hasAlarms: true,
  json: async () => (await import("./drill-json.ts")).drillJsonSchema,
  read: (given) => ({
    target: targetOf(given),
    sample: given.sample ?? SOME_MEMBERS.sample,
    largest: given.largest ?? SOME_MEMBERS.largest,
    // The script runs in a folder of its own.
    full: given.full === undefined ? undefined : resolve(given.full),
    againstBackuppc: given.againstBackuppc === true,
    sabotage: given.sabotage === true,
  }),
  async run(asked, { site, output, environment }) {
    const { drill } = await import("./drill.ts");
    return await drill(asked, { site: await site(), output, environment });
  },
});

/** What is restored unless asked otherwise. */
export const SOME_MEMBERS = { sample: 10, largest: 1_000_000_000 };

function targetOf(given: Given<typeof OPTIONS> & Given<typeof COMMON>): DrillTarget {
  const { host, backupNumber: number, attempt, hosts, within, full } = given;
  if (given.sabotage === true && (full !== undefined || given.againstBackuppc === true))
    throw usageError("--sabotage goes without --full and --against-backuppc", "", "drill");
  if (hosts === 0) throw usageError("--hosts needs at least 1", "", "drill");
  if (host === undefined)
    return { host, most: hosts ?? (within === undefined ? 1 : Infinity), within };
  if (hosts !== undefined || within !== undefined)
    throw usageError("--hosts and --within go without --host", "", "drill");
  return { host, number, attempt };
}
