import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { RigError } from "../rig-error.ts";

/** The page that the runs write their figures into, each into its own section. */
const DOCS = "docs";
const PAGE = join(DOCS, "reliability.md");
const FIGURES = join(DOCS, "reliability");

/** Puts a table into its section of the page; the words around it stay. */
export async function writeSection(name: string, table: string): Promise<void> {
  await writeFile(PAGE, replaceSection(await readFile(PAGE, "utf8"), name, table));
}

/**
 * Replaces what stands between `<!-- NAME -->` and `<!-- end of NAME -->`.
 *
 * @throws {RigError} code `missing` where the page has no such section
 */
export function replaceSection(page: string, name: string, content: string): string {
  const [begin, end] = [`<!-- ${name} -->`, `<!-- end of ${name} -->`];
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from === -1 || to < from) {
    const hint = "Add it to docs/reliability.md.";
    throw new RigError("missing", `The page has no section ${begin} … ${end}.`, { hint });
  }
  return `${page.slice(0, from + begin.length)}\n\n${content}\n\n${page.slice(to)}`;
}

/** Figures that later runs put beside their own; none if there are none yet. */
export async function readFigures<T>(name: string): Promise<Readonly<Record<string, T>>> {
  const text = await readFile(fileOf(name), "utf8").catch(() => "{}");
  return JSON.parse(text);
}

export async function writeFigures<T>(
  name: string,
  figures: Readonly<Record<string, T>>,
): Promise<void> {
  await mkdir(FIGURES, { recursive: true });
  await writeFile(fileOf(name), `${JSON.stringify(figures, null, 2)}\n`);
}

function fileOf(name: string): string {
  return join(FIGURES, `${name}.json`);
}
