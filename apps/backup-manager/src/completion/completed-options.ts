import type { Command } from "../command-line/command.ts";
import type { OptionTable } from "../command-line/option.ts";

/** An option as a shell completes it. */
export interface CompletedOption {
  /** `-H` and `--host`. */
  readonly words: readonly string[];
  readonly describe: string;
  readonly value?: string;
  /** It may stand without its value. */
  readonly isOptional: boolean;
}

/** The options that a user may type after some command, or before any. */
export function completedOptions(options: OptionTable): CompletedOption[] {
  return Object.entries(options)
    .filter(([, { hidden }]) => hidden !== true)
    .map(([name, { alias, value, alone, describe }]) => ({
      words: [...(typeof alias === "string" ? [`-${alias}`] : []), `--${name}`],
      describe: describe ?? "",
      ...(value !== undefined && { value }),
      isOptional: alone !== undefined,
    }));
}

/** The words that may follow a command, where they are known. */
export function completedOperands(
  { operands }: Command,
  commands: readonly Command[],
): readonly string[] {
  const choices = operands?.choices ?? [];
  return choices === "commands" ? commands.map(({ name }) => name) : choices;
}

/** Those of every command, since options may stand before it. */
export function optionsOfAll(commands: readonly Command[]): CompletedOption[] {
  return completedOptions(Object.assign({}, ...commands.map(({ options }) => options)));
}
