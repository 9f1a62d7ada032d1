import { z } from "zod";
import { ManagerError } from "../manager-error.ts";

/** Options that every command knows. */
interface Common {
  readonly host: string | undefined;
  /** BackupPC's backup number. */
  readonly number: number | undefined;
  /** Path of the configuration file. */
  readonly config: string | undefined;
  readonly unfinalized: boolean;
}

export interface ListInvocation extends Common {
  readonly command: "list";
  readonly json: boolean;
}

export interface ScriptInvocation extends Common {
  readonly command: "script";
  readonly host: string;
  /** How long the URLs shall work, seconds. */
  readonly expire: number;
  /** Where the script is written; to stdout if undefined. */
  readonly filename: string | undefined;
  readonly probe: boolean;
  /** Tell what would be written, and write nothing. */
  readonly test: boolean;
  /** List the archives after the script is written. */
  readonly list: boolean;
}

/** What the user asked for. */
export type Invocation = ListInvocation | ScriptInvocation;

/** Checks what yargs made of the command line. @throws {ManagerError} code `usage` */
export function checkInvocation(parsed: unknown): Invocation {
  const result = optionsSchema.safeParse(parsed);
  if (!result.success) throw usage(result.error.issues[0]?.message ?? "can't be understood");
  const { _: words, "backup-number": number, "no-probe": noProbe, ...options } = result.data;
  const [command = "list"] = words;
  const { host, config, unfinalized, filename, expire, test, list, json } = options;
  if (number !== undefined && host === undefined) throw usage("--backup-number needs --host");
  const common = { host, number, config, unfinalized };
  if (command === "list") {
    refuseScriptOptions({ filename, expire, "no-probe": noProbe || undefined });
    return { ...common, command, json };
  }
  if (host === undefined) throw usage("script needs --host");
  if (json) throw usage("--json goes with list only");
  if (list && filename === undefined && !test) throw usage("--list with script needs --filename");
  const script = { filename, expire: expire ?? A_DAY, probe: !noProbe, test, list };
  return { ...common, ...script, command, host };
}

/** The predecessor's default, seconds. */
const A_DAY = 86_400;

const flag = z.boolean().default(false);

const optionsSchema = z.object({
  _: z.array(z.enum(["list", "script"], "unknown command")).max(1, "one command at a time"),
  host: text("host"),
  "backup-number": wholeNumber("backup-number", 0),
  expire: wholeNumber("expire", 1),
  filename: text("filename"),
  config: text("config"),
  unfinalized: flag,
  list: flag,
  test: flag,
  json: flag,
  "no-probe": flag,
});

function text(option: string): z.ZodOptional<z.ZodString> {
  return z.string(`--${option} is given twice`).min(1, `--${option} needs a value`).optional();
}

function wholeNumber(option: string, least: number): z.ZodType<number | undefined> {
  const message = `--${option} needs a whole number${least > 0 ? ` from ${least} up` : ""}`;
  return z
    .string(`--${option} is given twice`)
    .regex(/^\d{1,15}$/, message)
    .transform(Number)
    .refine((value) => value >= least, message)
    .optional();
}

function refuseScriptOptions(options: Readonly<Record<string, unknown>>): void {
  for (const [option, value] of Object.entries(options))
    if (value !== undefined) throw usage(`--${option} goes with script only`);
}

function usage(message: string): ManagerError {
  return new ManagerError("usage", message, "See backup-manager --help.");
}
