import { type Common, defineCommand } from "../command-line/command.ts";
import { flag, type Given, GROUPS, valued } from "../command-line/option.ts";
import { secondsOf, textOf } from "../command-line/read-value.ts";
import {
  ACCEPT_UNVERIFIED,
  ATTEMPT,
  BACKUP_NUMBER,
  type COMMON,
  HOST,
  INCOMPLETE,
  LIST_AFTERWARDS,
  UNFINALIZED,
} from "../command-line/shared-options.ts";
import { usageError } from "../command-line/usage-error.ts";

export interface ScriptInvocation extends Common {
  readonly target: ScriptTarget;
  /** How long the URLs shall work, seconds. */
  readonly expire: number;
  /** Archives without a marker will do. */
  readonly incomplete: boolean;
  /** So will those whose signature does not verify. */
  readonly acceptUnverified: boolean;
  readonly probe: boolean;
  /** The script shall restore these alone, as they were typed; all unless given. */
  readonly members: readonly string[];
}

/** Which archives get a restore script, and where it goes. */
type ScriptTarget =
  | {
      readonly host: string;
      readonly number: number | undefined;
      readonly attempt: string | undefined;
      /** To stdout if undefined. */
      readonly filename: string | undefined;
    }
  | { readonly directory: string };

const { which, work } = GROUPS;

const OPTIONS = {
  host: HOST,
  "backup-number": BACKUP_NUMBER,
  attempt: ATTEMPT,
  all: flag({ group: which, describe: "a script for each host; needs --directory" }),
  incomplete: INCOMPLETE,
  unfinalized: UNFINALIZED,
  "accept-unverified": ACCEPT_UNVERIFIED,
  expire: valued(
    {
      alias: "x",
      value: "TIME",
      group: work,
      describe: "how long the URLs work: 12h, 7d (the longest), or seconds [default: 1d]",
    },
    secondsOf("expire"),
  ),
  filename: valued(
    {
      alias: "f",
      value: "FILE",
      group: work,
      describe: "write to this file, readable by you alone",
    },
    textOf("filename"),
  ),
  directory: valued(
    { value: "DIR", group: work, describe: "where --all writes restore_HOST.sh" },
    textOf("directory"),
  ),
  members: flag({
    group: work,
    describe: "a small script for the files and folders PATH alone",
  }),
  "no-probe": flag({ group: work, describe: "do not test one of the URLs first" }),
  list: LIST_AFTERWARDS,
};

export const SCRIPT = defineCommand({
  name: "script",
  usage: "-H HOST [-b N] [--members PATH…] | --all --directory DIR",
  operands: { most: Number.POSITIVE_INFINITY },
  summary: "write restore scripts",
  options: OPTIONS,
  examples: [
    [
      "backup-manager script -H gandalf --expire 7d > restore.sh",
      "write a script for the newest archive, which works for a week",
    ],
    [
      "backup-manager script -H gandalf -f fstab.sh --members /etc/fstab",
      "write a script that restores that file",
    ],
    ["backup-manager script --all --directory /srv/restore", "write a script for each host"],
  ],
  json: async () => (await import("./script-json.ts")).scriptJsonSchema,
  read: (given, paths) => ({
    target: targetOf(given),
    members: membersOf(given, paths),
    expire: given.expire ?? A_DAY,
    incomplete: given.incomplete === true || given.unfinalized === true,
    acceptUnverified: given.acceptUnverified === true,
    probe: given.noProbe !== true,
  }),
  async run(asked, { site, output }) {
    const { script } = await import("./script.ts");
    return await script(asked, await site(), output);
  },
});

function membersOf(
  { members = false, all }: Given<typeof OPTIONS>,
  paths: readonly string[],
): readonly string[] {
  const [first] = paths;
  if (members && first === undefined) throw usageError("--members needs a PATH");
  if (!members && first !== undefined) throw usageError(`${first}: paths need --members`);
  if (members && all === true) throw usageError("--members goes without --all");
  return paths;
}

/** The legacy program's default, seconds. */
const A_DAY = 86_400;

function targetOf(given: Given<typeof OPTIONS> & Given<typeof COMMON>): ScriptTarget {
  const { host, backupNumber: number, attempt, filename, all = false, directory } = given;
  if (all !== (directory !== undefined))
    throw usageError(all ? "--all needs --directory" : "--directory needs --all");
  if (directory !== undefined) {
    if (host !== undefined || filename !== undefined)
      throw usageError("--all goes without --host and --filename");
    return { directory };
  }
  if (host === undefined) throw usageError("script needs --host, or --all");
  const toStdout = filename === undefined && given.test !== true;
  if (given.list === true && toStdout)
    throw usageError("--list with script needs --filename or --all");
  if (given.json === true && toStdout)
    throw usageError("--json with script needs --filename or --all");
  return { host, number, attempt, filename };
}
