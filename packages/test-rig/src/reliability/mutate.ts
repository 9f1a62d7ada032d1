import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { RigError } from "../rig-error.ts";
import type { MutatedModule } from "./modules.ts";

/** What became of the mutants of a module. */
export interface MutationScore {
  readonly mutants: number;
  /** Noticed by a test, by its failure or by a run that does not end. */
  readonly killed: number;
  /** Where the others are, and what was changed there. */
  readonly survivors: readonly string[];
}

/** What Stryker reports, as far as it is read here. */
interface Report {
  readonly files: Readonly<Record<string, { readonly mutants: readonly Mutant[] }>>;
}

interface Mutant {
  readonly status: string;
  readonly mutatorName: string;
  readonly replacement?: string;
  readonly location: { readonly start: { readonly line: number; readonly column: number } };
}

/** Runs Stryker over a module: one mutant at a time, in a copy of the repository. Offline. */
export async function mutate({ sources, tests }: MutatedModule): Promise<MutationScore> {
  const folder = await mkdtemp(join(tmpdir(), "mutation-"));
  try {
    const report = join(folder, "report.json");
    const file = join(folder, "stryker.json");
    await writeFile(file, JSON.stringify(configuration(folder, report, sources)));
    const child = spawn("node_modules/.bin/stryker", ["run", file], {
      stdio: "inherit",
      env: { ...process.env, MUTATION_TESTS: tests.join(" ") },
    });
    const [status] = await once(child, "close");
    if (status !== 0) throw strykerFailed(Number(status));
    return scoreOf(JSON.parse(await readFile(report, "utf8")));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function configuration(folder: string, report: string, mutated: readonly string[]): object {
  return {
    testRunner: "vitest",
    plugins: ["@stryker-mutator/vitest-runner"],
    vitest: { configFile: "vitest.mutation.config.ts", related: false },
    mutate: mutated,
    // Words of messages and hints decide nothing.
    mutator: { excludedMutations: ["StringLiteral"] },
    coverageAnalysis: "perTest",
    concurrency: 1,
    // The first run of all tests, for which Stryker has five minutes.
    dryRunTimeoutMinutes: 30,
    reporters: ["json", "progress-append-only"],
    jsonReporter: { fileName: report },
    tempDirName: join(folder, "copy"),
    ignorePatterns: ["dist", "docs"],
    // TypeScript 7 has no programming interface for Stryker's look into it.
    tsconfigFile: "none.json",
  };
}

const COUNTED = ["Killed", "Timeout", "Survived", "NoCoverage"];

function scoreOf({ files }: Report): MutationScore {
  const mutants = Object.entries(files).flatMap(([file, each]) =>
    each.mutants
      .filter(({ status }) => COUNTED.includes(status))
      .map((mutant) => ({ file, mutant })),
  );
  const alive = mutants.filter(({ mutant: { status } }) => /Survived|NoCoverage/.test(status));
  return {
    mutants: mutants.length,
    killed: mutants.length - alive.length,
    survivors: alive.map(({ file, mutant }) => survivor(file, mutant)),
  };
}

function survivor(file: string, { mutatorName, replacement = "", location }: Mutant): string {
  const { line, column } = location.start;
  const change = replacement.replaceAll(/\s+/g, " ").slice(0, 60);
  return `${file}:${line}:${column} ${mutatorName}: ${change}`;
}

function strykerFailed(status: number): RigError {
  const hint = "What it printed says why.";
  return new RigError("program-failed", `Stryker ended with status ${status}.`, { hint });
}
