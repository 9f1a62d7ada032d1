import type { Argv } from "yargs";
import { VERSION } from "./tool.ts";
import { ARGUMENTS, NAMES, USAGE } from "./usage.ts";

/**
 * What `--help` or `--version` prints; undefined for any other command line. Only an argument that
 * stands alone is an option: BackupPC always gives eleven, and a share may be called `--help`.
 */
export async function askedText(args: readonly string[]): Promise<string | undefined> {
  if (args.length !== 1) return undefined;
  switch (args[0]) {
    case "--help":
    case "-h":
      return `${await helpText()}\n`;
    case "--version":
      return `${VERSION}\n`;
    default:
      return undefined;
  }
}

async function helpText(): Promise<string> {
  // A backup must not wait for it to be loaded.
  const { default: yargs } = await import("yargs");
  const cli = yargs().locale("en").updateStrings({ "Positionals:": "Arguments:" });
  return await cli
    .help(false)
    .version(false)
    .wrap(WIDTH)
    .usage(`${USAGE}\n\n${SUMMARY}`)
    .command(`$0 ${NAMES.map((name) => `[${name}]`).join(" ")}`, "", withArguments)
    .option("help", { alias: "h", describe: "print this help" })
    .option("version", { describe: "print the version" })
    .example(EXAMPLE, "")
    .epilogue(EPILOGUE)
    .getHelp();
}

/** Columns: what every terminal has. */
const WIDTH = 80;

function withArguments(cli: Argv): Argv {
  for (const [name, describe] of ARGUMENTS) cli.positional(name, { describe });
  return cli;
}

const SUMMARY =
  "BackupPC runs this program for each host ($Conf{ArchiveClientCmd}). It stores the host's backup in S3, " +
  "in compressed and encrypted chunks. All eleven arguments are needed, in this order, as BackupPC gives them; " +
  "some may be empty.";

const EXAMPLE = `archive-host /usr/share/backuppc/bin/BackupPC_tarCreate '' '' gandalf 7 \\
/bin/gzip .gz 0000000 /var/lib/backuppc/archives3 0 '*'`;

const EPILOGUE = `The configuration file is $BACKUPPC_ARCHIVE_S3_CONFIG, otherwise
/etc/backuppc-archive-s3/config.toml.

Exit status: 0 archived, 1 failed, 2 wrong usage or configuration,
3 archived with source errors, 11 another run archives this host,
12 encryption or keys, 130 interrupted.`;
