import type { RetentionPolicy } from "@backuppc-archive-s3/backup-catalog";
import { type Common, defineCommand } from "../command-line/command.ts";
import { flag, type Given, GROUPS, valued } from "../command-line/option.ts";
import { daysOf, textOf, wholeNumberOf } from "../command-line/read-value.ts";
import {
  ARCHIVE_HOST,
  ATTEMPT,
  BACKUP_NUMBER,
  HOST,
  LIST_AFTERWARDS,
  PURGE_VERSIONS,
} from "../command-line/shared-options.ts";
import { usageError } from "../command-line/usage-error.ts";

export interface DeleteInvocation extends Common {
  readonly selection: DeleteSelection;
  /** Delete every version. */
  readonly purgeVersions: boolean;
  /** Have BackupPC archive the hosts with fewer than `keep` + 1 archives. */
  readonly start: { readonly keep: number; readonly archiveHost: string | undefined } | undefined;
}

/** By a policy, all hosts' or one's; or all archives of one backup, or one of them. */
type DeleteSelection =
  | { readonly policy: RetentionPolicy; readonly host: string | undefined }
  | { readonly host: string; readonly number: number; readonly attempt: string | undefined };

const { retention, work } = GROUPS;

const OPTIONS = {
  host: HOST,
  "backup-number": BACKUP_NUMBER,
  attempt: ATTEMPT,
  age: valued(
    {
      alias: "a",
      value: "DAYS",
      group: retention,
      describe: "delete archives older than that: days, or 36h, 30d, 4w",
    },
    daysOf("age"),
  ),
  keep: valued(
    {
      alias: "k",
      value: "N",
      group: retention,
      describe: "keep the newest N complete archives of each host [default: 1]",
    },
    wholeNumberOf("keep"),
  ),
  "keep-daily": calendarRule("keep-daily", "days"),
  "keep-weekly": calendarRule("keep-weekly", "weeks"),
  "keep-monthly": calendarRule("keep-monthly", "months"),
  "keep-yearly": calendarRule("keep-yearly", "years"),
  "time-zone": valued(
    {
      value: "ZONE",
      group: retention,
      describe: "where days begin, such as Europe/Berlin [default: this machine's]",
    },
    textOf("time-zone"),
  ),
  "purge-versions": PURGE_VERSIONS,
  "start-backups": flag({
    alias: "s",
    group: work,
    describe: "have BackupPC archive hosts with no more than --keep complete archives; needs --age",
  }),
  "archive-host": ARCHIVE_HOST,
  list: LIST_AFTERWARDS,
};

function calendarRule(option: string, times: string) {
  const describe = `keep the newest of each of the last N ${times}`;
  return valued({ value: "N", group: retention, describe }, wholeNumberOf(option));
}

export const DELETE = defineCommand({
  name: "delete",
  usage: "-a DAYS [-k N] | --keep-daily N … | -H HOST -b N",
  summary: "delete archives that are old, or all of one backup",
  options: OPTIONS,
  examples: [
    ["backup-manager delete --age 30d --keep 2 --test", "show what would be deleted, and why"],
    ["backup-manager delete -H gandalf -b 93", "delete all archives of backup 93"],
  ],
  json: async () => (await import("./delete-json.ts")).deleteJsonSchema,
  read(given) {
    const { age, keep = 1, archiveHost, purgeVersions = false, startBackups = false } = given;
    if (startBackups && age === undefined) throw usageError("--start-backups needs --age");
    if (archiveHost !== undefined && !startBackups)
      throw usageError("--archive-host goes with delete --start-backups and start only");
    const start = startBackups ? { keep, archiveHost } : undefined;
    return { selection: selectionOf(given), purgeVersions, start };
  },
  async run(asked, { site, output }) {
    const { deleteArchives } = await import("./delete-archives.ts");
    return await deleteArchives(asked, await site(), output);
  },
});

function selectionOf(given: Given<typeof OPTIONS>): DeleteSelection {
  const { host, backupNumber: number, attempt, age } = given;
  const calendar = calendarRules(given);
  const hasCalendar = Object.keys(calendar).length > 0;
  if (number !== undefined && host !== undefined) {
    if (age !== undefined || given.keep !== undefined || hasCalendar)
      throw usageError("--backup-number goes without --age and --keep");
    return { host, number, attempt };
  }
  if (age === undefined && !hasCalendar)
    throw usageError("delete needs --age, or a --keep-daily, or --host and --backup-number");
  return { policy: { ...countRules(given), ...calendar, timeZone: timeZoneOf(given) }, host };
}

type Rules = Omit<RetentionPolicy, "timeZone">;

function countRules({ age, keep }: Given<typeof OPTIONS>): Rules {
  return { ...(age !== undefined && { ageDays: age }), ...(keep !== undefined && { keep }) };
}

function calendarRules(given: Given<typeof OPTIONS>): Rules {
  const { keepDaily: daily, keepWeekly: weekly, keepMonthly: monthly, keepYearly: yearly } = given;
  return {
    ...(daily !== undefined && { daily }),
    ...(weekly !== undefined && { weekly }),
    ...(monthly !== undefined && { monthly }),
    ...(yearly !== undefined && { yearly }),
  };
}

function timeZoneOf({ timeZone }: Given<typeof OPTIONS>): string {
  return timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
}
