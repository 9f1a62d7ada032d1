import { parseArgs } from "node:util";
import { BenchError } from "./bench-error.ts";
import { MEASURES } from "./comparison/measures.ts";

const OPTIONS = {
  size: { type: "string" },
  mean: { type: "string" },
  chunk: { type: "string" },
  rounds: { type: "string" },
  input: { type: "string" },
  rate: { type: "string" },
  rival: { type: "string", multiple: true },
  peer: { type: "string", multiple: true },
  quick: { type: "boolean" },
  write: { type: "boolean" },
  docs: { type: "string" },
} as const;

/** What a measurement takes, as it is written on the command line. */
export interface Sizes {
  readonly size?: string;
  readonly mean?: string;
  readonly chunk?: string;
  readonly rounds?: string;
  readonly input?: string;
  readonly rate?: string;
  readonly rival?: readonly string[];
  readonly peer?: readonly string[];
}

export interface Arguments {
  /** Of a measurement, or of a row of them. */
  readonly name: string;
  readonly quick: boolean;
  readonly write: boolean;
  readonly docs: string | undefined;
  readonly sizes: Sizes;
}

/** @throws {BenchError} with the usage */
export function parseArguments(args: readonly string[]): Arguments {
  const { values, positionals } = parsed(args);
  const [name = "", ...others] = positionals;
  if (others.length > 0) throw new BenchError(usage(`One NAME at a time, not ${others[0]} too.`));
  const { quick = false, write = false, docs, ...sizes } = values;
  return { name, quick, write, docs, sizes };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS });
  } catch (error) {
    const [reason] = error instanceof Error ? error.message.split(/\n|\. /) : [];
    throw new BenchError(usage(reason), { cause: error });
  }
}

/** One line, behind what is wrong. */
export function usage(wrong = ""): string {
  const names = Object.keys(MEASURES).join("|");
  const line = `Usage: bench ${names}|scale|all [--quick] [--size 512MiB] [--mean 2MiB] [--chunk 64MiB] [--rounds 5] [--input random|usr|small-files|many-members|stream|backuppc] [--peer NAME]… [--rival ARCHIVE_HOST.JS]… [--rate 20MB] [--write [--docs FOLDER]]`;
  return `${wrong}\n${line}`.trim();
}
