import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { byPackage } from "../../src/reliability/measure-coverage.ts";
import { replaceSection } from "../../src/reliability/page.ts";
import { coverageTable, fuzzTable, mutationTable } from "../../src/reliability/tables.ts";

describe("The page's tables", () => {
  test("have a row for each parser", () => {
    const row = { parser: "keys", inputs: 100_000, accepted: 4000, refused: 96_000 };
    expect(fuzzTable([row])).toBe(
      [
        "| parser |  inputs | taken | refused |",
        "| ------ | ------: | ----: | ------: |",
        "| keys   | 100,000 | 4,000 |  96,000 |",
      ].join("\n"),
    );
  });

  test("have a row for each module, run or not", () => {
    const table = mutationTable({ retention: { mutants: 200, killed: 190, survivors: [] } });
    expect(table).toMatch(/`retention`\) +\| +200 \| +190 \| +95\.0 % \|/);
    expect(table).toMatch(/`cuts`\) +\| not run \|/);
  });

  test("have a row for each package that is shipped, its files added up", () => {
    const file = (path: string): string => join(process.cwd(), "packages", path);
    const part = (covered: number): { total: number; covered: number } => ({ total: 100, covered });
    const coverage = byPackage({
      total: { lines: part(1), branches: part(1) },
      [file("gpg/src/a.ts")]: { lines: part(100), branches: part(90) },
      [file("gpg/src/b/c.ts")]: { lines: part(50), branches: { total: 0, covered: 0 } },
      [file("archiver/src/a.ts")]: { lines: part(99), branches: { total: 0, covered: 0 } },
      [file("bench/src/a.ts")]: { lines: part(0), branches: part(0) },
    });
    expect(coverage).toEqual({
      archiver: { lines: 99, branches: 100 },
      gpg: { lines: 75, branches: 90 },
    });
    expect(coverageTable(coverage)).toContain("| gpg      | 75.0 % |   90.0 % |");
  });

  test("take the place of what stood in their section", () => {
    const page = "before\n<!-- a -->\n\nold\n\n<!-- end of a -->\nbehind";
    const filled = "before\n<!-- a -->\n\nnew\n\n<!-- end of a -->\nbehind";
    expect(replaceSection(page, "a", "new")).toBe(filled);
    expect(replaceSection(filled, "a", "new")).toBe(filled);
    expect(() => replaceSection(page, "b", "new")).toThrow(/no section <!-- b -->/);
  });
});
