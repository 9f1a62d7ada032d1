import { parseArgs } from "node:util";
import { BenchError } from "./bench-error.ts";
import type { BenchOptions } from "./comparison/bench-options.ts";
import { nullSink } from "./comparison/null-sink.ts";
import { rgw } from "./comparison/rgw.ts";
import { uplink } from "./comparison/uplink.ts";
import type { InputKind } from "./input/make-input.ts";
import type { Report } from "./report/report.ts";
import type { Say } from "./say.ts";
import { parseBytes } from "./parse-bytes.ts";

type Measure = (options: BenchOptions) => Promise<Report>;

export interface BenchInvocation {
  readonly measure: Measure;
  readonly options: BenchOptions;
  /** Put the figures into docs/performance.md. */
  readonly write: boolean;
}

const MEASURES: Readonly<Record<string, Measure>> = { "null-sink": nullSink, rgw, uplink };

/** @throws {BenchError} with the usage */
export function benchInvocation(args: readonly string[], say: Say): BenchInvocation {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      size: { type: "string", default: "512MiB" },
      chunk: { type: "string", default: "64MiB" },
      rounds: { type: "string", default: "5" },
      input: { type: "string", default: "random" },
      rival: { type: "string", multiple: true, default: [] },
      rate: { type: "string", default: "20MB" },
      peer: { type: "string", multiple: true, default: [] },
      write: { type: "boolean", default: false },
    },
  });
  const [name = ""] = positionals;
  const measure = Object.hasOwn(MEASURES, name) ? MEASURES[name] : undefined;
  if (measure === undefined) throw new BenchError(usage());
  return {
    measure,
    write: values.write,
    options: {
      input: inputKind(values.input),
      size: parseBytes(values.size),
      chunkSize: parseBytes(values.chunk),
      rounds: Number(values.rounds),
      peers: values.peer,
      rivals: values.rival,
      rate: parseBytes(values.rate),
      say,
    },
  };
}

function inputKind(name: string): InputKind {
  if (name === "random" || name === "usr" || name === "small-files") return name;
  throw new BenchError(`No input is named ${name}: random, usr, small-files.`);
}

function usage(): string {
  return `Usage: bench.js ${Object.keys(MEASURES).join("|")} [--size 512MiB] [--chunk 64MiB] [--rounds 5] [--input random|usr|small-files] [--peer NAME]… [--rival ARCHIVE_HOST.JS]… [--rate 20MB] [--write]`;
}
