// Measures what docs/performance.md shows: `pnpm bench null-sink --size 1GiB --rounds 5`.
import { access } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { inspect } from "node:util";
import { RigError } from "@backuppc-archive-s3/test-rig";
import { BenchError } from "./bench-error.ts";
import { benchInvocation, type Step } from "./invocation.ts";
import { interrupt, interruption } from "./measure/interruption.ts";
import { writeReport } from "./write-report.ts";

/** The status that a shell gives a program that Ctrl-C has ended. */
const INTERRUPTED = 130;
const DOCS = fileURLToPath(new URL("../../../docs", import.meta.url));

// The SDK would warn of its future needs on a Node that runs it well today.
process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] = "true";

// A second one of them ends the bench at once, and leaves what lies about.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, interrupt);
try {
  const { steps, docs } = benchInvocation(process.argv.slice(2), DOCS, tell);
  if (docs !== undefined) await needPage(docs);
  for (const step of steps) await toldOf(step, docs);
} catch (error) {
  tellFailure(error);
}

/** One that fails leaves the others of a long row as they are. */
async function toldOf(
  { command, measure, options }: Step,
  docs: string | undefined,
): Promise<void> {
  tell(`== ${command}`);
  try {
    const told = await measure.run(options);
    const report = { ...told, table: `${told.table}\n\n\`${command}\`` };
    process.stdout.write(`${report.section}\n\n${report.table}\n\n`);
    if (docs !== undefined) await writeReport(docs, report);
  } catch (error) {
    interruption.throwIfAborted();
    tellFailure(error);
  }
}

/** Said before anything is measured, not an hour later. */
async function needPage(docs: string): Promise<void> {
  const page = join(docs, "performance.md");
  await access(page).catch(() => {
    throw new BenchError(`There is no ${page} to write to.`);
  });
}

function tellFailure(error: unknown): void {
  const expected = error instanceof BenchError || error instanceof RigError;
  tell(expected ? error.message : inspect(error));
  process.exitCode = interruption.aborted ? INTERRUPTED : 1;
}

function tell(line: string): void {
  process.stderr.write(`${line}\n`);
}
