import { readdir, readFile, writeFile } from "node:fs/promises";
import { availableParallelism, cpus } from "node:os";
import { join } from "node:path";
import type { Report } from "./report.ts";

/** What a measurement found, as it is kept beside the page. */
interface MeasuredRecord {
  readonly measured: string;
  readonly machine: string;
  readonly figures: Readonly<Record<string, number>>;
}

/** By section. */
export type Records = Readonly<Record<string, MeasuredRecord>>;

export function recordOf({ figures }: Report): MeasuredRecord {
  return {
    measured: new Date().toISOString().slice(0, 10),
    machine: `${availableParallelism()} x ${cpus()[0]?.model ?? "unknown"}, Node ${process.versions.node}`,
    figures: Object.fromEntries(
      Object.entries(figures).map(([name, value]) => [name, rounded(value)]),
    ),
  };
}

export async function writeRecord(folder: string, report: Report): Promise<void> {
  const text = JSON.stringify(recordOf(report), undefined, 2);
  await writeFile(join(folder, `${report.section}.json`), `${text}\n`);
}

/** What is counted is exact; of what is measured the first digits say all. */
function rounded(value: number): number {
  return Number.isInteger(value) ? value : Number(value.toPrecision(4));
}

/** All that measurements left there so far. */
export async function readRecords(folder: string): Promise<Records> {
  const files = (await readdir(folder)).filter((file) => file.endsWith(".json"));
  const records = files.map(async (file): Promise<[string, MeasuredRecord]> => {
    const text = await readFile(join(folder, file), "utf8");
    return [file.replace(/\.json$/, ""), JSON.parse(text)];
  });
  return Object.fromEntries(await Promise.all(records));
}
