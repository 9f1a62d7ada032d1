// Measures what docs/performance.md tells: `pnpm bench null-sink --size 1GiB --rounds 5`.
import { fileURLToPath } from "node:url";
import { RigError } from "@backuppc-archive-s3/test-rig";
import { BenchError } from "./bench-error.ts";
import { benchInvocation, type Step } from "./invocation.ts";
import { writeReport } from "./report/write-report.ts";

const DOCS = fileURLToPath(new URL("../../../docs", import.meta.url));

try {
  const { steps, docs } = benchInvocation(process.argv.slice(2), DOCS, tell);
  for (const step of steps) await toldOf(step, docs);
} catch (error) {
  tellFailure(error);
}

/** One that fails leaves the others of a long row as they are. */
async function toldOf({ line, measure, options }: Step, docs: string | undefined): Promise<void> {
  tell(`== ${line}`);
  try {
    const report = await measure.run(options);
    process.stdout.write(`${report.section}\n\n${report.table}\n\n`);
    if (docs !== undefined) await writeReport(docs, report);
  } catch (error) {
    tellFailure(error);
  }
}

function tellFailure(error: unknown): void {
  if (!(error instanceof BenchError || error instanceof RigError)) throw error;
  tell(error.message);
  process.exitCode = 1;
}

function tell(line: string): void {
  process.stderr.write(`${line}\n`);
}
