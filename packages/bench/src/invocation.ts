import { parseArgs } from "node:util";
import { BenchError } from "./bench-error.ts";
import type { BenchOptions } from "./comparison/bench-options.ts";
import type { Measure } from "./comparison/measure.ts";
import { MEASURES } from "./comparison/measures.ts";
import { inputKind } from "./input/make-input.ts";
import { parseBytes } from "./parse-bytes.ts";
import { commandOf } from "./plan/command-of.ts";
import { ALL, QUICK, SCALE } from "./plan/plans.ts";
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
const GENERAL = { size: "512MiB", chunk: "64MiB", rounds: "5", input: "random", rate: "20MB" };

/** @param docs the project's own. @throws {BenchError} with the usage */
export function benchInvocation(args: readonly string[], docs: string, say: Say): BenchInvocation {
  const { values, positionals } = parsed(args);
  const [name = ""] = positionals;
  const further = args.filter((arg) => arg !== name && arg !== "--quick");
  const lines = planned(name, values.quick === true);
  if (values.quick === true && values.write === true && values.docs === undefined) {
    throw new BenchError(
      "The quick row measures nothing that is worth keeping: name a --docs FOLDER.",
    );
  }
  return {
    steps: lines.map((line) => step([...line.split(" "), ...further], say)),
    docs: values.write === true ? (values.docs ?? docs) : undefined,
  };
}

function planned(name: string, quick: boolean): readonly string[] {
  if (name === "all") return quick ? QUICK : ALL;
  return name === "scale" ? SCALE : [name];
}

function step(args: readonly string[], say: Say): Step {
  const { values, positionals } = parsed(args);
  const [name = ""] = positionals;
  const measure = Object.hasOwn(MEASURES, name) ? MEASURES[name] : undefined;
  if (measure === undefined) throw new BenchError(usage());
  const given = { ...measure.defaults, ...values };
  const { size, chunk, rounds, input, rate, peer = [], rival = [] } = { ...GENERAL, ...given };
  return {
    command: commandOf(name, given),
    measure,
    options: {
      input: inputKind(input),
      size: parseBytes(size),
      chunkSize: parseBytes(chunk),
      rounds: Number(rounds),
      peers: peer,
      rivals: rival,
      rate: parseBytes(rate),
      say,
    },
  };
}

function parsed(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      size: { type: "string" },
      chunk: { type: "string" },
      rounds: { type: "string" },
      input: { type: "string" },
      rate: { type: "string" },
      rival: { type: "string", multiple: true },
      peer: { type: "string", multiple: true },
      quick: { type: "boolean" },
      write: { type: "boolean" },
      docs: { type: "string" },
    },
  });
}

function usage(): string {
  return `Usage: bench ${Object.keys(MEASURES).join("|")}|scale|all [--quick] [--size 512MiB] [--chunk 64MiB] [--rounds 5] [--input random|usr|small-files|backuppc] [--peer NAME]… [--rival ARCHIVE_HOST.JS]… [--rate 20MB] [--write [--docs FOLDER]]`;
}
