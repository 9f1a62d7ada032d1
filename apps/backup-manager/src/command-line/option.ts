import type { ArgumentsCamelCase, InferredOptionTypes, Options } from "yargs";

/** An option as yargs has it, and what only this program says of one. */
export interface Option extends Options {
  /** What its value is called in the help; none: a flag. */
  readonly value?: string;
  /** The value that it has when it stands alone. */
  readonly alone?: string;
}

/** The options of a command, by their long names. */
export type OptionTable = Readonly<Record<string, Option>>;

/** What a command line gives for options: their values by long name in camel case; undefined where not given. */
export type Given<Table extends OptionTable> = ArgumentsCamelCase<InferredOptionTypes<Table>>;

/** Headings of the help. */
export const GROUPS = {
  which: "Which archives:",
  retention: "Which archives stay:",
  work: "What is done:",
  common: "Common options:",
} as const;

type Group = (typeof GROUPS)[keyof typeof GROUPS];

export interface Words {
  readonly alias?: string;
  readonly group: Group;
  readonly describe: string;
  readonly hidden?: true;
  /** Another option, without which this one means nothing. */
  readonly implies?: string;
}

export type Flag = Words & { readonly type: "boolean" };

/** An option without a value. */
export function flag(words: Words): Flag {
  return { ...words, type: "boolean" };
}

export type Valued<Value> = Words & {
  readonly type: "string";
  readonly value: string;
  readonly alone?: string;
  readonly coerce: (text: string) => Value;
};

/**
 * An option with a value.
 *
 * @param read gives what the text means, or throws an error that says what is needed
 */
export function valued<Value>(
  words: Words & { readonly value: string; readonly alone?: string },
  read: (text: string) => Value,
): Valued<Value> {
  return { ...words, type: "string", coerce: read };
}
