import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readRecords } from "../src/report/record.ts";
import { writeReport } from "../src/write-report.ts";

let docs: string;
beforeEach(async () => {
  docs = await mkdtemp(join(tmpdir(), "bench-docs-"));
  const sections = ["summary", "null-sink", "memory"].map(
    (name) => `<!-- ${name} -->\n<!-- end of ${name} -->`,
  );
  await writeFile(join(docs, "performance.md"), `# Title\n${sections.join("\nwords\n")}\n`);
});
afterEach(async () => await rm(docs, { recursive: true }));

test("a report fills its section and the summary, and leaves figures and plots beside", async () => {
  const figures = { "CPU against gpg alone": 1.51234 };
  const plots = { "null-sink.svg": "<svg/>" };
  await writeReport(docs, { section: "null-sink", table: "| the table |", figures, plots });
  const page = await readFile(join(docs, "performance.md"), "utf8");
  expect(page).toContain("| the table |\n\n![null-sink](performance/null-sink.svg)\n");
  expect(page).toMatch(/gpg alone.* 1\.51 x \| yes \|/);
  expect(page).toContain("\nwords\n");
  expect(await readFile(join(docs, "performance/null-sink.svg"), "utf8")).toBe("<svg/>");
  const { "null-sink": record } = await readRecords(join(docs, "performance"));
  expect(record?.figures).toEqual({ "CPU against gpg alone": 1.512 });
});

test("the summary tells of all that was measured so far", async () => {
  const report = { table: "", plots: {} };
  const nullSink = { "CPU against gpg alone": 1.7 };
  await writeReport(docs, { ...report, section: "null-sink", figures: nullSink });
  const memory = { "most above the budget": 70 };
  await writeReport(docs, { ...report, section: "memory", figures: memory });
  const page = await readFile(join(docs, "performance.md"), "utf8");
  expect(page).toMatch(/gpg alone.* 1\.70 x \| +no \|/);
  expect(page).toMatch(/peak memory.* 70 MiB \| +yes \|/);
});

test("what is counted stays exact", async () => {
  const figures = { chunks: 20_483 };
  await writeReport(docs, { section: "memory", table: "", figures, plots: {} });
  const { memory } = await readRecords(join(docs, "performance"));
  expect(memory?.figures).toEqual({ chunks: 20_483 });
});

test.each(["memory", "summary"])(
  "a page without %s is left as it is, and nothing lies beside it",
  async (missing) => {
    const page = join(docs, "performance.md");
    const without = (await readFile(page, "utf8")).replaceAll(`<!-- ${missing} -->`, "");
    await writeFile(page, without);
    const report = {
      section: "memory",
      table: "new",
      figures: {},
      plots: { "memory.svg": "<svg/>" },
    };
    await expect(writeReport(docs, report)).rejects.toThrow(`has no section <!-- ${missing} -->`);
    expect(await readFile(page, "utf8")).toBe(without);
    expect(await readdir(join(docs, "performance")).catch(() => [])).toEqual([]);
  },
);
