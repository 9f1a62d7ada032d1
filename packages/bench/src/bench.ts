// Measures what docs/performance.md tells: `node packages/bench/dist/bench.js null-sink --size 1GiB --rounds 5`.
import { fileURLToPath } from "node:url";
import { BenchError } from "./bench-error.ts";
import { benchInvocation } from "./invocation.ts";
import { writeReport } from "./report/write-report.ts";

const DOCS = fileURLToPath(new URL("../../../docs", import.meta.url));

try {
  await bench();
} catch (error) {
  if (!(error instanceof BenchError)) throw error;
  tell(error.message);
  process.exitCode = 1;
}

async function bench(): Promise<void> {
  const { measure, options, write } = benchInvocation(process.argv.slice(2), tell);
  const report = await measure(options);
  process.stdout.write(`${report.table}\n`);
  if (write) await writeReport(DOCS, report);
}

function tell(line: string): void {
  process.stderr.write(`${line}\n`);
}
