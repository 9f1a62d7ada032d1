import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { runVitest } from "./run-vitest.ts";

/** What the quick tests run of a package, in percent. */
export interface Coverage {
  readonly lines: number;
  readonly branches: number;
}

interface Part {
  readonly total: number;
  readonly covered: number;
}

/** By file, as istanbul's `json-summary` has it. */
type Summary = Readonly<Record<string, { readonly lines: Part; readonly branches: Part }>>;

/** Those whose sources are the tests' and the build's own tools, not what is shipped. */
const TOOLS = new Set(["test-rig", "bench", "packaging"]);

/** Runs the quick tests of the packages, and gives each package's coverage by its name. */
export async function measureCoverage(): Promise<Readonly<Record<string, Coverage>>> {
  const folder = await mkdtemp(join(tmpdir(), "coverage-"));
  try {
    await runVitest([
      "--project=quick",
      "--coverage.enabled",
      "--coverage.provider=v8",
      "--coverage.include=packages/*/src/**/*.ts",
      "--coverage.reporter=json-summary",
      `--coverage.reportsDirectory=${folder}`,
      "packages",
    ]);
    const text = await readFile(join(folder, "coverage-summary.json"), "utf8");
    return byPackage(JSON.parse(text));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Adds the files of each package up. */
export function byPackage(summary: Summary): Record<string, Coverage> {
  const parts = new Map<string, { lines: Part[]; branches: Part[] }>();
  for (const [file, { lines, branches }] of Object.entries(summary)) {
    const name = /(?:^|\/)packages\/([^/]+)\/src\//.exec(relative(process.cwd(), file))?.[1];
    if (name === undefined || TOOLS.has(name)) continue;
    const part = parts.get(name) ?? { lines: [], branches: [] };
    part.lines.push(lines);
    part.branches.push(branches);
    parts.set(name, part);
  }
  const sorted = [...parts].toSorted(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(
    sorted.map(([name, { lines, branches }]) => [
      name,
      { lines: percent(lines), branches: percent(branches) },
    ]),
  );
}

function percent(parts: readonly Part[]): number {
  const total = parts.reduce((sum, part) => sum + part.total, 0);
  const covered = parts.reduce((sum, part) => sum + part.covered, 0);
  return total === 0 ? 100 : (100 * covered) / total;
}
