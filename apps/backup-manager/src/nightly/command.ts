import { type Common, defineCommand } from "../command-line/command.ts";
import { GROUPS, valued } from "../command-line/option.ts";
import { daysOf, secondsOf, textOf, wholeNumberOf } from "../command-line/read-value.ts";
import { KEEP, OVERDUE } from "../command-line/shared-options.ts";
import { usageError } from "../command-line/usage-error.ts";

export interface NightlyInvocation extends Common {
  /** Where the restore scripts go. */
  readonly directory: string;
  /** Days after which an archive may be deleted. */
  readonly age: number;
  /** Good archives of a host that stay. */
  readonly keep: number;
  /** Days within which each host must have a complete archive. */
  readonly overdue: number;
  /** Seconds that the URLs of the scripts work. */
  readonly expire: number;
  /** Hosts of which some files are restored. */
  readonly drill: number;
}

const { work, retention } = GROUPS;
const A_WEEK = 604_800;

export const NIGHTLY = defineCommand({
  name: "nightly",
  usage: "--directory DIR [-a DAYS] [-k N]",
  summary: "check, delete what is old, write scripts; print only what needs attention",
  options: {
    directory: valued(
      { value: "DIR", group: work, describe: "where the restore scripts go" },
      textOf("directory"),
    ),
    age: valued(
      {
        alias: "a",
        value: "DAYS",
        group: retention,
        describe: "delete what is older [default: 30]",
      },
      daysOf("age"),
    ),
    keep: KEEP,
    overdue: OVERDUE,
    expire: valued(
      {
        alias: "x",
        value: "TIME",
        group: work,
        describe: "how long the scripts' URLs work [default: 7d, the longest]",
      },
      secondsOf("expire"),
    ),
    drill: valued(
      {
        value: "N",
        group: work,
        describe: "drill so many hosts, the longest unproven first [default: 0]",
      },
      wholeNumberOf("drill"),
    ),
  },
  examples: [
    ["backup-manager nightly --directory /srv/restore-scripts", "what cron runs (docs/nightly.md)"],
  ],
  hasAlarms: true,
  json: async () => (await import("./nightly-json.ts")).nightlyJsonSchema,
  read({ directory, age = 30, keep = 1, overdue = 8, expire = A_WEEK, drill = 0 }) {
    if (directory === undefined) throw usageError("nightly needs --directory");
    return { directory, age, keep, overdue, expire, drill };
  },
  async run(asked, { site, output, environment }) {
    if (asked.test) throw usageError("nightly goes without --test");
    const { nightly } = await import("./nightly.ts");
    return await nightly(asked, { site: await site(), output, environment });
  },
});
