import yargs, { type Argv } from "yargs";
import { ManagerError } from "../manager-error.ts";
import { VERSION } from "../tool.ts";
import type { Invocation } from "./invocation.ts";

/** A help or version text to be printed, or what shall be done. */
export type Parsed = { readonly text: string } | Invocation;

/** Options may stand before or after the command. @throws {ManagerError} code `usage` */
export async function parseCommandLine(args: readonly string[]): Promise<Parsed> {
  let text = "";
  const parsed = commandLine().parseSync(args.flatMap(detach), {}, (error, _argv, output) => {
    if (error !== undefined && error !== null) throw unknown(error);
    text = output;
  });
  if (text !== "") return { text: `${text}\n` };
  // Not at the top: the help, which is asked for most often by people, needs no schemas.
  const { checkInvocation } = await import("./invocation.ts");
  return checkInvocation(parsed);
}

/** yargs would read `-Hgandalf`, which the predecessor's crontabs may have, as nine flags. */
function detach(arg: string): string[] {
  const match = /^(-[Hbxf])([^=].*)$/s.exec(arg);
  return match === null ? [arg] : match.slice(1);
}

function commandLine(): Argv {
  return yargs()
    .scriptName("backup-manager")
    .locale("en")
    .usage("$0 [command] [options]\n\nOptions may stand before or after the command.")
    .command("list", "list the archives (what is done without a command)")
    .command("script", "write a restore script for one archive")
    .options(OPTIONS)
    .version(VERSION)
    .help()
    .alias("help", "h")
    .strict()
    .exitProcess(false)
    .wrap(100)
    .epilogue(EPILOGUE)
    .parserConfiguration({
      "boolean-negation": false,
      "camel-case-expansion": false,
      "dot-notation": false,
      "parse-numbers": false,
      "parse-positional-numbers": false,
      "strip-aliased": true,
    });
}

const value = { type: "string", requiresArg: true } as const;
const flag = { type: "boolean" } as const;

const OPTIONS = {
  host: { ...value, alias: "H", describe: "only this host" },
  "backup-number": { ...value, alias: "b", describe: "only this backup number; needs --host" },
  expire: { ...value, alias: "x", describe: "script: seconds that its URLs work [86400]" },
  filename: { ...value, alias: "f", describe: "script: write to this file, readable by you alone" },
  unfinalized: { ...flag, alias: "u", describe: "script: consider unfinalized archives too" },
  "no-probe": { ...flag, describe: "script: don't try one of its URLs first" },
  list: { ...flag, alias: "l", describe: "list the archives afterwards" },
  test: { ...flag, alias: "t", describe: "only tell what would be done" },
  json: { ...flag, describe: "list: as JSON" },
  config: { ...value, describe: "configuration file" },
} as const;

const EPILOGUE = `The configuration file is --config, else $BACKUPPC_ARCHIVE_S3_CONFIG, else
/etc/backuppc-archive-s3/config.toml.

Exit status: 0 done, 1 failed, 2 wrong usage or configuration, 10 no such host or archive, 13 a damaged archive.`;

function unknown(error: Error): ManagerError {
  const message = error.message.replace(/^Unknown/, "unknown");
  return new ManagerError("usage", message, "See backup-manager --help.", error);
}
