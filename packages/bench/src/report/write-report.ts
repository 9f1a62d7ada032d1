import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Report } from "./report.ts";
import { replaceSection } from "./replace-section.ts";

/** Puts the table into docs/performance.md and the plots beside it; the words around them stay. */
export async function writeReport(docs: string, { section, table, plots }: Report): Promise<void> {
  const page = join(docs, "performance.md");
  const images = Object.keys(plots).map((file) => `![${section}](performance/${file})`);
  const content = [table, ...images].join("\n\n");
  await writeFile(page, replaceSection(await readFile(page, "utf8"), section, content));
  await mkdir(join(docs, "performance"), { recursive: true });
  for (const [file, svg] of Object.entries(plots)) {
    await writeFile(join(docs, "performance", file), svg);
  }
}
