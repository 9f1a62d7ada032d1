import { RigError } from "../rig-error.ts";
import { measureCoverage } from "./measure-coverage.ts";
import { MODULES } from "./modules.ts";
import { mutate, type MutationScore } from "./mutate.ts";
import { readFigures, writeFigures, writeSection } from "./page.ts";
import { runFuzz } from "./run-fuzz.ts";
import { coverageTable, fuzzTable, mutationTable } from "./tables.ts";

const [what, ...names] = process.argv.slice(2);
process.exitCode = await run().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  return 1;
});

/** Writes the section of docs/reliability.md that was asked for. */
async function run(): Promise<number> {
  if (what === "fuzz") await writeSection("fuzz", fuzzTable(await runFuzz()));
  else if (what === "coverage")
    await writeSection("coverage", coverageTable(await measureCoverage()));
  else if (what === "mutation") await runMutation(names.length > 0 ? names : Object.keys(MODULES));
  else throw usage();
  return 0;
}

/** One module after the other, each written when it is done: all of them take hours. */
async function runMutation(modules: readonly string[]): Promise<void> {
  for (const name of modules) {
    const module = MODULES[name];
    if (module === undefined) throw usage();
    const score = await mutate(module);
    const scores = { ...(await readFigures<MutationScore>("mutation")), [name]: score };
    await writeFigures("mutation", scores);
    await writeSection("mutation", mutationTable(scores));
  }
}

function usage(): RigError {
  const hint = `Give fuzz, coverage, or mutation and some of ${Object.keys(MODULES).join(", ")}.`;
  return new RigError("missing", "Nothing to run.", { hint });
}
