import type { Report } from "../report/report.ts";
import type { BenchOptions } from "./bench-options.ts";

/** One of the things that are measured. */
export interface Measure {
  readonly run: (options: BenchOptions) => Promise<Report>;
  /** What it goes by, with what it is made with unless the command line says otherwise, as it is written there. */
  readonly defaults: Readonly<Record<string, string>>;
  /** More options that it makes use of. */
  readonly further?: readonly string[];
}
