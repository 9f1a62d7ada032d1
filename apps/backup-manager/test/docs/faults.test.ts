// Each fault that docs/faults.md lists is one that a test tries.
import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";

const ROOT = new URL("../../../../", import.meta.url);
const page = await readFile(new URL("docs/faults.md", ROOT), "utf8");
const lines = page.split("\n").filter((line) => line.startsWith("|"));
// A head, and the line below it.
const rows = lines.slice(2).map((line) => line.split(/(?<!\\)\|/).map((cell) => cell.trim()));

test.each(rows)("%scase %j names a test that exists", async (_, ...cells) => {
  const [what, before, after, named = "", others, end] = cells;
  for (const cell of [what, before, after, others]) expect(cell).not.toBe("");
  expect(end).toBe("");
  const { file = "", title = "" } = /^`(?<file>[^`]+)`: (?<title>.+)$/.exec(named)?.groups ?? {};
  const source = await readFile(new URL(file, ROOT), "utf8");
  expect(source.replaceAll(/\s+/g, " ")).toContain(title);
});
