import type { Command } from "./command.ts";
import { COMMANDS, findCommand } from "./commands.ts";
import { didYouMean, usageError } from "./usage-error.ts";
import { ALL_OPTIONS, type GivenOption, readWords } from "./words.ts";

/** A command line in one order, whatever order it was written in. */
export interface Arranged {
  readonly command: Command;
  /** Each as one word, by its long name: `--host=gandalf`. */
  readonly options: readonly string[];
  readonly operands: readonly string[];
}

/** A command line that asks for a text. */
export interface TextWanted {
  readonly wants: "help" | "version";
  /** Undefined if none was named. */
  readonly command: Command | undefined;
}

/**
 * Finds the command, which options may precede, and writes each option as yargs cannot misread it:
 * it does not know `-Hgandalf`, nor options before a command, nor `--data` without a value.
 *
 * @throws {ManagerError} code `usage`
 */
export function arrange(args: readonly string[]): Arranged | TextWanted {
  const { options, words } = readWords(args);
  const [word, ...operands] = words;
  const command = findCommand(word ?? "list");
  if (command === undefined) throw unknownCommand(word ?? "", options);
  const wants = (["help", "version"] as const).find((name) => options.some((o) => o.name === name));
  if (wants !== undefined) return { wants, command: word === undefined ? undefined : command };
  for (const option of options) refuseUnknown(option, word === undefined ? undefined : command);
  for (const { name } of options) refuseForeign(name, command);
  refuseExcess(command, operands);
  return { command, options: options.map(oneWord(options, command)), operands };
}

function unknownCommand(word: string, options: readonly GivenOption[]): Error {
  // What follows an option that is not known may be its value.
  for (const option of options) refuseUnknown(option);
  const names = COMMANDS.map(({ name }) => name);
  return usageError(`unknown command: ${word}`, didYouMean(word, names));
}

function refuseUnknown({ name, raw }: GivenOption, command?: Command): void {
  if (ALL_OPTIONS.has(name)) return;
  const known = command === undefined ? [...ALL_OPTIONS.keys()] : Object.keys(command.options);
  const advice = didYouMean(
    raw,
    known.map((option) => `--${option}`),
  );
  throw usageError(`unknown option ${raw}`, advice, command?.name);
}

function refuseForeign(name: string, command: Command): void {
  if (Object.hasOwn(command.options, name)) return;
  const own = COMMANDS.filter(({ options }) => Object.hasOwn(options, name));
  const names = AND.format(own.map((each) => each.name));
  throw usageError(`--${name} goes with ${names} only`, "", command.name);
}

const AND = new Intl.ListFormat("en");

function refuseExcess({ name, operands }: Command, given: readonly string[]): void {
  const [excess] = given.slice(operands?.most ?? 0);
  if (excess === undefined) return;
  if (findCommand(excess) !== undefined)
    throw usageError(`one command at a time: ${name}, ${excess}`);
  throw usageError(`unknown argument: ${excess}`, "", name);
}

/** Given twice is refused where a value is needed: two hosts would silently become one. */
function oneWord(all: readonly GivenOption[], command: Command): (option: GivenOption) => string {
  const refused = (message: string): Error => usageError(message, "", command.name);
  return ({ name, raw, value, inline }) => {
    if (ALL_OPTIONS.get(name)?.value === undefined) {
      if (value !== undefined) throw refused(`--${name} takes no value`);
      return `--${name}`;
    }
    if (all.filter((other) => other.name === name).length > 1)
      throw refused(`--${name} is given twice`);
    // Inline it may begin with a dash; otherwise that is the next option.
    if (value === undefined || (!inline && /^-./.test(value)))
      throw refused(`${raw} needs a value`);
    return `--${name}=${value}`;
  };
}
