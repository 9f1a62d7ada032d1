import { parseArgs } from "node:util";
import { COMMANDS } from "./commands.ts";
import type { Option } from "./option.ts";

/** An option as it stands on a command line. */
export interface GivenOption {
  /** The long name. */
  readonly name: string;
  /** As it was written. */
  readonly raw: string;
  readonly value: string | undefined;
  readonly inline: boolean;
}

/** Of all commands, since options may precede the command. */
export const ALL_OPTIONS: ReadonlyMap<string, Option> = new Map(
  COMMANDS.flatMap(({ options }) => Object.entries(options)),
);

/** Separates options, with their values, from other words. Refuses nothing. */
export function readWords(args: readonly string[]): { options: GivenOption[]; words: string[] } {
  const known = [...ALL_OPTIONS].map(([name, { alias, value }]) => [
    name,
    {
      type: value === undefined ? ("boolean" as const) : ("string" as const),
      ...(typeof alias === "string" && { short: alias }),
    },
  ]);
  const { tokens } = parseArgs({
    args: wholeWhenAlone(args),
    options: Object.fromEntries(known),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const options: GivenOption[] = [];
  const words: string[] = [];
  for (const token of tokens) {
    if (token.kind === "positional") words.push(token.value);
    if (token.kind !== "option") continue;
    const { name, rawName: raw, value, inlineValue: inline = false } = token;
    options.push({ name, raw, value, inline });
  }
  return { options, words };
}

/** `--data` may stand without its percentage, which parseArgs can't say of an option. */
function wholeWhenAlone(args: readonly string[]): string[] {
  return args.map((arg, at) => {
    const alone = arg.startsWith("--") ? ALL_OPTIONS.get(arg.slice(2))?.alone : undefined;
    return alone === undefined || /^\d/.test(args[at + 1] ?? "") ? arg : `${arg}=${alone}`;
  });
}
