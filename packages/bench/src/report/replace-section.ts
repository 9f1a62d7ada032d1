import { BenchError } from "../bench-error.ts";

/**
 * Replaces what stands between `<!-- NAME -->` and `<!-- end of NAME -->`.
 *
 * @throws {BenchError} where the page has no such section
 */
export function replaceSection(page: string, name: string, content: string): string {
  const [begin, end] = [`<!-- ${name} -->`, `<!-- end of ${name} -->`];
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from === -1 || to < from) throw new BenchError(`The page has no section ${begin} … ${end}.`);
  return `${page.slice(0, from + begin.length)}\n\n${content}\n\n${page.slice(to)}`;
}
