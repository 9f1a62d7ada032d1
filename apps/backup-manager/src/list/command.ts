import { type Common, defineCommand } from "../command-line/command.ts";
import { flag, GROUPS, valued } from "../command-line/option.ts";
import { daysOf } from "../command-line/read-value.ts";
import {
  BACKUP_NUMBER,
  HOST,
  INCOMPLETE,
  LIST_AFTERWARDS,
  UNFINALIZED,
} from "../command-line/shared-options.ts";

export interface ListInvocation extends Common {
  readonly host: string | undefined;
  /** BackupPC's backup number. */
  readonly number: number | undefined;
  /** Days within which each host must have a complete archive. */
  readonly overdue: number | undefined;
  /** Days within which a drill must have proven each host. */
  readonly undrilled: number | undefined;
}

export const LIST = defineCommand({
  name: "list",
  usage: "[-H HOST [-b N]] [--overdue DAYS] [--undrilled DAYS]",
  summary: "list the archives (the default command)",
  options: {
    host: HOST,
    "backup-number": BACKUP_NUMBER,
    overdue: valued(
      {
        value: "DAYS",
        group: GROUPS.work,
        describe: "fail if a host has had no complete archive for so long: days, or 36h, 8d",
      },
      daysOf("overdue"),
    ),
    undrilled: valued(
      {
        value: "DAYS",
        group: GROUPS.work,
        describe: "fail if no drill has proven a host for so long: days, or 12w",
      },
      daysOf("undrilled"),
    ),
    // Accepted, as by the legacy program, and without effect: incomplete archives are always listed.
    incomplete: flag({ ...INCOMPLETE, hidden: true }),
    unfinalized: UNFINALIZED,
    list: flag({ ...LIST_AFTERWARDS, hidden: true }),
  },
  examples: [
    ["backup-manager", "list all archives"],
    ["backup-manager list --overdue 8d", "fail if a host has had no complete archive for 8 days"],
  ],
  json: async () => (await import("./list-json.ts")).listJsonSchema,
  read: ({ host, backupNumber: number, overdue, undrilled }) => ({
    host,
    number,
    overdue,
    undrilled,
  }),
  async run(asked, { site, output }) {
    const { list } = await import("./list.ts");
    return await list(asked, await site(), output);
  },
});
