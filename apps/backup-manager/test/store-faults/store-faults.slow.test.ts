// A sample of what store-faults.long.test.ts tries.
import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { PROGRAMS } from "./every-program.ts";
import { type FaultSite, openFaultSite } from "./fault-site.ts";
import { rowLine } from "./page.ts";
import { tryProgram } from "./try-program.ts";

let site: FaultSite;
beforeAll(async () => {
  // None of these faults is a silence: who waits for long does so for a busy machine alone.
  site = await openFaultSite(60);
});
afterAll(async () => await site.stop());

const SAMPLE: ReadonlySet<string> = new Set([
  "a web page with status 200",
  "412 PreconditionFailed",
  "a list leaves out a page",
  "half of the body is missing",
]);

describe.each(PROGRAMS)("$name", (program) => {
  test("does what docs/store-faults.md says under some of the faults", async () => {
    const rows = program.rows.filter(({ what }) => SAMPLE.has(what));
    const { seen, wrong } = await tryProgram(site, program, rows);
    expect(wrong).toEqual([]);
    const page = await readFile(
      new URL("../../../../docs/store-faults.md", import.meta.url),
      "utf8",
    );
    const [, section = ""] = page.split(`## ${program.name}\n`);
    for (const { what } of rows) expect(section).toContain(rowLine(program.name, what, seen));
  });
});
