// Each fault that docs/faults.md lists is one that a test tries.
import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";

const ROOT = new URL("../../../../", import.meta.url);
const page = await readFile(new URL("docs/faults.md", ROOT), "utf8");
// Without the head of each table, and the line below it.
const lines = page.split("\n").filter((line) => /^\|(?! (?:case |-))/.test(line));
const rows = lines.map((line) => line.split(/(?<!\\)\|/).map((cell) => cell.trim()));

test.each(rows)("%scase %j names a test that exists", async (_, ...cells) => {
  const [what, before, after, named = "", others, end] = cells;
  for (const cell of [what, before, after, others]) expect(cell).not.toBe("");
  expect(end).toBe("");
  const { file = "", title = "" } = /^`(?<file>[^`]+)`: (?<title>.+)$/.exec(named)?.groups ?? {};
  const source = await readFile(new URL(file, ROOT), "utf8");
  expect(source.replaceAll(/\s+/g, " ")).toContain(title);
});
