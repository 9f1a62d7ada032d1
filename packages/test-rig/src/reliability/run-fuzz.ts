import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FuzzTally } from "../fuzz/fuzz.ts";
import { runVitest } from "./run-vitest.ts";

/** What a fuzz test says of the parser that it has run. */
export interface FuzzedRow extends FuzzTally {
  readonly parser: string;
}

/** Vitest's report, as far as it is read here. */
interface Report {
  readonly testResults: readonly {
    readonly assertionResults: readonly { readonly meta?: { readonly fuzz?: FuzzedRow } }[];
  }[];
}

/** Runs the fuzz tests with 100,000 inputs each. */
export async function runFuzz(): Promise<readonly FuzzedRow[]> {
  const folder = await mkdtemp(join(tmpdir(), "fuzz-"));
  try {
    const file = join(folder, "report.json");
    await runVitest([
      "--project=fuzz",
      "--reporter=default",
      "--reporter=json",
      `--outputFile.json=${file}`,
    ]);
    return rowsOf(JSON.parse(await readFile(file, "utf8")));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function rowsOf({ testResults }: Report): FuzzedRow[] {
  return testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .flatMap(({ meta }) => (meta?.fuzz === undefined ? [] : [meta.fuzz]))
    .toSorted((one, other) => (one.parser < other.parser ? -1 : 1));
}
