import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { summary } from "./summary/summary.ts";
import { readRecords, recordOf, writeRecord } from "./report/record.ts";
import { replaceSection } from "./report/replace-section.ts";
import type { Report } from "./report/report.ts";

/**
 * Puts table and summary into the folder's performance.md, plots and figures beside it; the words around them stay.
 *
 * @throws {BenchError} before anything is written, where the page has no such section
 */
export async function writeReport(docs: string, report: Report): Promise<void> {
  const { section, table, plots } = report;
  const [page, folder] = [join(docs, "performance.md"), join(docs, "performance")];
  const images = Object.keys(plots).map((file) => `![${section}](performance/${file})`);
  const filled = replaceSection(
    await readFile(page, "utf8"),
    section,
    [table, ...images].join("\n\n"),
  );
  await mkdir(folder, { recursive: true });
  const records = { ...(await readRecords(folder)), [section]: recordOf(report) };
  const summed = replaceSection(filled, "summary", summary(records));
  for (const [file, svg] of Object.entries(plots)) await writeFile(join(folder, file), svg);
  await writeRecord(folder, report);
  await writeFile(page, summed);
}
