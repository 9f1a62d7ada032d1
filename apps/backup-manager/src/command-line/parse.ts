import { parseArgs } from "node:util";
import { ManagerError } from "../manager-error.ts";
import { VERSION } from "../tool.ts";
import { COMMAND_NAMES, COMMANDS, type CommandName, isCommandName } from "./commands.ts";
import { helpText } from "./help.ts";
import type { Invocation } from "./invocation.ts";
import { optionsOf } from "./options.ts";
import { usageError } from "./usage-error.ts";

/** A help or version text to be printed, or what shall be done. */
export type Parsed = { readonly text: string } | Invocation;

/** Options may stand before or after the command. @throws {ManagerError} code `usage` */
export async function parseCommandLine(args: readonly string[]): Promise<Parsed> {
  const { values, positionals } = readArguments(args);
  const [word = "list", ...operands] = positionals;
  const wantsHelp = values["help"] !== undefined;
  if (!isCommandName(word)) {
    if (wantsHelp) return { text: helpText(undefined) };
    throw usageError(`unknown command: ${word}`);
  }
  if (wantsHelp) return { text: helpText(positionals.length === 0 ? undefined : word) };
  if (values["version"] !== undefined) return { text: `${VERSION}\n` };
  refuseForeign(word, values);
  refuseOperands(word, operands);
  // Not at the top: the help, which is asked for most often by people, needs no schemas.
  const { checkInvocation } = await import("./check-invocation.ts");
  return checkInvocation(word, operands, values);
}

/** The values of each option that is given. */
type Values = Readonly<Record<string, unknown>>;

function readArguments(args: readonly string[]): { values: Values; positionals: string[] } {
  const options = Object.fromEntries(
    optionsOf(undefined).map(([name, { short, value }]) => [
      name,
      {
        type: value === undefined ? ("boolean" as const) : ("string" as const),
        ...(short !== undefined && { short }),
        // Given twice is told, where it matters, and not decided by which is the last.
        multiple: true as const,
      },
    ]),
  );
  try {
    return parseArgs({ args: wholeData(args), options, allowPositionals: true });
  } catch (error) {
    throw unreadable(error);
  }
}

function refuseForeign(command: CommandName, values: Values): void {
  const known = new Set(optionsOf(command).map(([name]) => name));
  const [foreign] = Object.keys(values).filter((name) => !known.has(name));
  if (foreign === undefined) return;
  const commands = COMMAND_NAMES.filter((name) =>
    optionsOf(name).some(([option]) => option === foreign),
  );
  throw usageError(`--${foreign} goes with ${AND.format(commands)} only`);
}

/** `--data` may stand without its percentage, which parseArgs can't say of an option. */
function wholeData(args: readonly string[]): string[] {
  return args.map((arg, at) =>
    arg === "--data" && !/^\d/.test(args[at + 1] ?? "") ? "--data=100" : arg,
  );
}

const AND = new Intl.ListFormat("en");

function refuseOperands(command: CommandName, operands: readonly string[]): void {
  const most = { none: 0, one: 1, some: Infinity }[COMMANDS[command].operands];
  const [excess] = operands.slice(most === Infinity ? operands.length : most);
  if (excess === undefined) return;
  if (isCommandName(excess)) throw usageError(`one command at a time: ${command}, ${excess}`);
  throw usageError(`unknown argument: ${excess}`);
}

/** Node's own words, without its advice on how to write an argument that begins with a dash. */
function unreadable(error: unknown): ManagerError {
  const message = error instanceof Error ? error.message : String(error);
  const [first = ""] = message.split(/\. To specify|\n/);
  return usageError(first.replace(/^Unknown/, "unknown").replace(/^Option/, "option"), error);
}
