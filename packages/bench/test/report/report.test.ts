import { expect, test } from "vitest";
import { barPlot } from "../../src/plot/bar-plot.ts";
import { linePlot } from "../../src/plot/line-plot.ts";
import { markdownTable } from "../../src/report/markdown-table.ts";
import { replaceSection } from "../../src/report/replace-section.ts";

test("a table is one as prettier formats it", () => {
  expect(markdownTable(["", "MB/s"], [["archive-host", "400"]])).toBe(
    ["|              | MB/s |", "| ------------ | ---: |", "| archive-host |  400 |"].join("\n"),
  );
});

test("a section is replaced and the words around it stay", () => {
  const page = "before\n<!-- a -->\nold\n<!-- end of a -->\nafter";
  expect(replaceSection(page, "a", "new")).toBe(
    "before\n<!-- a -->\n\nnew\n\n<!-- end of a -->\nafter",
  );
  expect(() => replaceSection(page, "b", "new")).toThrow(/has no section <!-- b -->/);
});

test("names in a plot can't become markup", () => {
  const bars = [{ label: "a < b & c", value: 1 }];
  expect(barPlot({ title: "t", bars })).toContain("a &lt; b &amp; c");
});

test("a line is drawn from the left to the right of its panel", () => {
  const points = [
    [0, 0],
    [2, 5],
  ] as const;
  expect(linePlot({ title: "t", unit: "s", series: [{ label: "l", points }] })).toContain(
    'points="60.0,170.0 700.0,70.0"',
  );
});
