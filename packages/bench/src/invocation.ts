import { type Sizes, parseArguments, usage } from "./arguments.ts";
import { BenchError } from "./bench-error.ts";
import type { BenchOptions } from "./comparison/bench-options.ts";
import type { Measure } from "./comparison/measure.ts";
import { MEASURES } from "./comparison/measures.ts";
import { inputKind } from "./input/make-input.ts";
import { parseBytes } from "./parse-bytes.ts";
import { parseRounds } from "./parse-rounds.ts";
import { commandOf } from "./plan/command-of.ts";
import { planned } from "./plan/plans.ts";
import type { Say } from "./say.ts";

/** One measurement to be made. */
export interface Step {
  /** What repeats it. */
  readonly command: string;
  readonly measure: Measure;
  readonly options: BenchOptions;
}

export interface BenchInvocation {
  readonly steps: readonly Step[];
  /** The folder of the performance.md to put the figures into; undefined: they are only printed. */
  readonly docs: string | undefined;
}

/** For those that have no use for one of them. */
const GENERAL = {
  size: "512MiB",
  mean: "2MiB",
  chunk: "64MiB",
  rounds: "5",
  input: "random",
  rate: "20MB",
};

/** @param docs the project's own. @throws {BenchError} with what is wrong */
export function benchInvocation(args: readonly string[], docs: string, say: Say): BenchInvocation {
  const { name, quick, write, docs: elsewhere, sizes } = parseArguments(args);
  if (quick && write && elsewhere === undefined) {
    throw new BenchError(
      "The quick row measures nothing that is worth keeping: name a --docs FOLDER.",
    );
  }
  if (elsewhere !== undefined && !write) {
    throw new BenchError("Nothing is put into --docs FOLDER without --write.");
  }
  const lines = planned(name, quick);
  refuseUnused(lines, sizes);
  return {
    steps: lines.map((line) => step(line, sizes, say)),
    docs: write ? (elsewhere ?? docs) : undefined,
  };
}

/** What none of them would make use of, or the command printed with the figures would not be true. */
function refuseUnused(lines: readonly string[], sizes: Sizes): void {
  const measures = lines.map((line) => measureOf(parseArguments(line.split(" ")).name));
  for (const option of Object.keys(sizes)) {
    if (measures.some((measure) => takes(measure, option))) continue;
    throw new BenchError(`--${option} changes nothing of what ${lines.join(", ")} measures.`);
  }
}

/** @param given holds for the step where it has a use for it */
function step(line: string, given: Sizes, say: Say): Step {
  const { name, sizes: own } = parseArguments(line.split(" "));
  const measure = measureOf(name);
  const used = Object.entries(given).filter(([option]) => takes(measure, option));
  const sizes: Sizes = { ...measure.defaults, ...own, ...Object.fromEntries(used) };
  const { size, mean, chunk, rounds, input, rate } = { ...GENERAL, ...sizes };
  return {
    command: commandOf(name, { ...sizes }),
    measure,
    options: {
      input: inputKind(input),
      size: parseBytes(size),
      mean: parseBytes(mean),
      chunkSize: parseBytes(chunk),
      rounds: parseRounds(rounds),
      peers: sizes.peer ?? [],
      rivals: sizes.rival ?? [],
      rate: parseBytes(rate),
      say,
    },
  };
}

function measureOf(name: string): Measure {
  const measure = Object.hasOwn(MEASURES, name) ? MEASURES[name] : undefined;
  if (measure === undefined) throw new BenchError(usage());
  return measure;
}

function takes({ defaults, further = [] }: Measure, option: string): boolean {
  return Object.hasOwn(defaults, option) || further.includes(option);
}
