import type { Argv } from "yargs";
import { DELETE } from "../delete/command.ts";
import { LIST } from "../list/command.ts";
import { SCRIPT } from "../script/command.ts";
import { VERIFY } from "../verify/command.ts";
import { type Command, plainYargs } from "./command.ts";
import { COMMANDS, findCommand } from "./commands.ts";
import type { OptionTable } from "./option.ts";
import { COMMON } from "./shared-options.ts";
import { didYouMean, usageError } from "./usage-error.ts";

/** The help of the program, or of one command. @throws {ManagerError} code `usage` for an unknown one */
export async function helpText(name: string | undefined): Promise<string> {
  const command = name === undefined ? undefined : findCommand(name);
  if (name !== undefined && command === undefined) {
    const names = COMMANDS.map((each) => each.name);
    throw usageError(`unknown command: ${name}`, didYouMean(name, names));
  }
  const cli = plainYargs().scriptName("").wrap(WIDTH);
  const text = await (command === undefined ? ofProgram(cli) : ofCommand(cli, command)).getHelp();
  return `${text}\n`;
}

/** Columns: what every terminal has, and a mail. */
const WIDTH = 80;

function ofProgram(cli: Argv): Argv {
  cli.usage("backup-manager [command] [options]\n\nOptions may stand before or after the command.");
  for (const { name, summary } of COMMANDS) cli.command(name, summary);
  withOptions(cli, COMMON);
  for (const { examples } of [LIST, SCRIPT, DELETE, VERIFY])
    withExamples(cli, examples.slice(0, 1));
  return cli.epilogue(EPILOGUE);
}

function ofCommand(cli: Argv, { name, usage, summary, options, examples }: Command): Argv {
  cli.usage(`${`backup-manager ${name} ${usage}`.trim()}\n\n${sentence(summary)}`);
  withOptions(cli, options);
  withExamples(cli, examples);
  return cli;
}

/** Each on a line of its own, below what it does: beside each other, they would be broken. */
function withExamples(cli: Argv, examples: Command["examples"]): void {
  for (const [line, what] of examples) cli.example(`# ${what}\n${line}`, "");
}

/** yargs has no place for the name of a value: here, where nothing is parsed, it is part of the option's. */
function withOptions(cli: Argv, options: OptionTable): void {
  for (const [name, { value, alias, group, describe, hidden }] of Object.entries(options))
    cli.option(value === undefined ? name : `${name} ${value}`, { alias, group, describe, hidden });
}

/** `List the archives.` */
function sentence(summary: string): string {
  return `${summary.slice(0, 1).toUpperCase()}${summary.slice(1)}.`;
}

const EPILOGUE = `backup-manager COMMAND --help shows the options of a command.

The configuration file is --config, otherwise $BACKUPPC_ARCHIVE_S3_CONFIG,
otherwise /etc/backuppc-archive-s3/config.toml.

Exit status: 0 done, 1 failed, 2 wrong usage or configuration,
4 nothing matched, 10 no such host or archive, 13 a check found damage,
130 interrupted.`;
