// The whole bench on next to nothing, so that a change that breaks it is seen.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readRecords } from "../src/report/record.ts";
import { TARGETS } from "../src/summary/targets.ts";
import { benchWithDocs } from "./run-bench.ts";

const run = benchWithDocs();

test(
  "the quick row runs to its end and fills the page, with every figure that the summary looks for",
  { timeout: 1_200_000 },
  async () => {
    expect(await run.bench("all", "--quick")).toBe(0);
    const records = await readRecords(join(run.docs, "performance"));
    const measured = TARGETS.filter(({ section }) => records[section] !== undefined);
    expect(measured.length).toBeGreaterThan(4);
    for (const { section, figures } of measured) {
      expect(Object.keys(records[section]?.figures ?? {})).toEqual(
        expect.arrayContaining([...figures]),
      );
    }
    expect(await readFile(join(run.docs, "performance.md"), "utf8")).toMatch(
      /gpg alone .* x \| +(yes|no) +\|/,
    );
  },
);
