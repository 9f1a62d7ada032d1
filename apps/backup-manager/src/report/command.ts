import { type Common, defineCommand } from "../command-line/command.ts";
import { GROUPS, valued } from "../command-line/option.ts";
import { daysOf, textOf } from "../command-line/read-value.ts";
import { KEEP, OVERDUE } from "../command-line/shared-options.ts";
import { usageError } from "../command-line/usage-error.ts";

export interface ReportInvocation extends Common {
  /** Where the page goes; `-`: to stdout; undefined with --json alone. */
  readonly html: string | undefined;
  /** Days after which `delete` would take an archive. */
  readonly age: number;
  /** Good archives of a host that it would leave. */
  readonly keep: number;
  /** Days within which each host must have a complete archive. */
  readonly overdue: number;
}

const { work, retention } = GROUPS;

export const REPORT = defineCommand({
  name: "report",
  usage: "--html FILE [-a DAYS] [-k N]",
  summary: "write a page about all archives, for a browser, a mail or paper",
  options: {
    html: valued(
      { value: "FILE", group: work, describe: "where the page goes; - is stdout" },
      textOf("html"),
    ),
    overdue: OVERDUE,
    age: valued(
      {
        alias: "a",
        value: "DAYS",
        group: retention,
        describe: "say what delete would take that is older [default: 30]",
      },
      daysOf("age"),
    ),
    keep: KEEP,
  },
  examples: [["backup-manager report --html /srv/www/backups.html", "write it each night"]],
  json: async () => (await import("./report-json.ts")).reportJsonSchema,
  read({ html, overdue = 8, age = 30, keep = 1, json }) {
    if (html === undefined && json !== true) throw usageError("report needs --html FILE or --json");
    if (html !== undefined && json === true) throw usageError("--html goes without --json");
    return { html, overdue, age, keep };
  },
  async run(asked, { site, output, environment }) {
    const { report } = await import("./report.ts");
    return await report(asked, await site(), output, environment);
  },
});
