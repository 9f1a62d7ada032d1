import * as z from "zod";
import { usageError } from "./usage-error.ts";

/** What the options of a command line say; each that was not given is undefined. */
export interface OptionValues {
  readonly host: string | undefined;
  readonly number: number | undefined;
  readonly attempt: string | undefined;
  /** Days. */
  readonly age: number | undefined;
  readonly keep: number | undefined;
  readonly keepDaily: number | undefined;
  readonly keepWeekly: number | undefined;
  readonly keepMonthly: number | undefined;
  readonly keepYearly: number | undefined;
  readonly timeZone: string | undefined;
  readonly purgeVersions: boolean;
  readonly startBackups: boolean;
  /** Percent of the chunks. */
  readonly data: number | undefined;
  /** Days. */
  readonly overdue: number | undefined;
  readonly expire: number | undefined;
  readonly filename: string | undefined;
  readonly all: boolean;
  readonly directory: string | undefined;
  readonly incomplete: boolean;
  readonly acceptUnverified: boolean;
  readonly probe: boolean;
  readonly archiveHost: string | undefined;
  readonly oldPassphraseFile: string | undefined;
  readonly newPassphraseFile: string | undefined;
  readonly list: boolean;
  readonly test: boolean;
  readonly json: boolean;
  readonly quiet: boolean;
  readonly config: string | undefined;
}

/** Checks each option by itself. @throws {ManagerError} code `usage` */
export function readOptionValues(values: unknown): OptionValues {
  const result = schema.safeParse(values);
  if (!result.success) throw usageError(result.error.issues[0]?.message ?? "can't be understood");
  const { data } = result;
  return {
    host: data.host,
    number: data["backup-number"],
    attempt: data.attempt,
    age: data.age,
    keep: data.keep,
    keepDaily: data["keep-daily"],
    keepWeekly: data["keep-weekly"],
    keepMonthly: data["keep-monthly"],
    keepYearly: data["keep-yearly"],
    timeZone: data["time-zone"],
    purgeVersions: data["purge-versions"],
    startBackups: data["start-backups"],
    data: data.data,
    overdue: data.overdue,
    expire: data.expire,
    filename: data.filename,
    all: data.all,
    directory: data.directory,
    incomplete: data.incomplete || data.unfinalized,
    acceptUnverified: data["accept-unverified"],
    probe: !data["no-probe"],
    archiveHost: data["archive-host"],
    oldPassphraseFile: data["old-passphrase-file"],
    newPassphraseFile: data["new-passphrase-file"],
    list: data.list,
    test: data.test,
    json: data.json,
    quiet: data.quiet,
    config: data.config,
  };
}

const flag = z
  .array(z.boolean())
  .optional()
  .transform((values) => values !== undefined);

const schema = z.object({
  host: text("host"),
  "backup-number": wholeNumber("backup-number", 0),
  attempt: text("attempt"),
  age: days("age"),
  keep: wholeNumber("keep", 0),
  "keep-daily": wholeNumber("keep-daily", 0),
  "keep-weekly": wholeNumber("keep-weekly", 0),
  "keep-monthly": wholeNumber("keep-monthly", 0),
  "keep-yearly": wholeNumber("keep-yearly", 0),
  "time-zone": text("time-zone"),
  "purge-versions": flag,
  "start-backups": flag,
  data: percent("data"),
  overdue: days("overdue"),
  // What is asked for has to be a date still.
  expire: wholeNumber("expire", 1).refine(
    (seconds = 0) => seconds < 1e10,
    "--expire needs ten digits at most",
  ),
  filename: text("filename"),
  all: flag,
  directory: text("directory"),
  incomplete: flag,
  unfinalized: flag,
  "accept-unverified": flag,
  "no-probe": flag,
  "archive-host": text("archive-host"),
  "old-passphrase-file": text("old-passphrase-file"),
  "new-passphrase-file": text("new-passphrase-file"),
  list: flag,
  test: flag,
  json: flag,
  quiet: flag,
  config: text("config"),
});

/** Given once at most: two hosts would silently become the last one. */
function once(option: string): z.ZodType<string, string[]> {
  return z
    .array(z.string())
    .max(1, `--${option} is given twice`)
    .transform(([value = ""]) => value);
}

function text(option: string): z.ZodType<string | undefined> {
  return once(option)
    .pipe(z.string().min(1, `--${option} needs a value`))
    .optional();
}

function wholeNumber(option: string, least: number): z.ZodType<number | undefined> {
  const message = `--${option} needs a whole number${least > 0 ? ` from ${least} up` : ""}`;
  return once(option)
    .pipe(z.string().regex(/^\d{1,15}$/, message))
    .transform(Number)
    .refine((value) => value >= least, message)
    .optional();
}

/** Days, and parts of them. */
function days(option: string): z.ZodType<number | undefined> {
  return once(option)
    .pipe(z.string().regex(/^\d{1,6}(\.\d{1,6})?$/, `--${option} needs a number of days`))
    .transform(Number)
    .optional();
}

/** More than none: a check of nothing would pass. */
function percent(option: string): z.ZodType<number | undefined> {
  const message = `--${option} needs a percentage from 1 to 100`;
  return once(option)
    .pipe(z.string().regex(/^\d{1,3}%?$/, message))
    .transform((value) => Number.parseInt(value, 10))
    .refine((value) => value >= 1 && value <= 100, message)
    .optional();
}
