// What each program does when the store does not do what it should. docs/store-faults.md is what these tests saw.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { PROGRAMS } from "./every-program.ts";
import { type FaultSite, openFaultSite } from "./fault-site.ts";
import { type Seen, storeFaultsPage } from "./page.ts";
import { tryProgram } from "./try-program.ts";

let site: FaultSite;
beforeAll(async () => {
  site = await openFaultSite(4);
}, 120_000);
afterAll(async () => await site.stop());

const seen: Seen[] = [];

describe.each(PROGRAMS)("$name", (program) => {
  test("ends right or with one clear line, and loses no archive, whatever the store does", async () => {
    const tried = await tryProgram(site, program, program.rows);
    seen.push(...tried.seen);
    expect(tried.wrong).toEqual([]);
  });
});

test("docs/store-faults.md is what was seen (vitest -u writes it anew)", async () => {
  expect(seen).toHaveLength(PROGRAMS.reduce((sum, { rows }) => sum + 2 * rows.length, 0));
  const names = PROGRAMS.map(({ name, rows }) => ({ name, rows: rows.map(({ what }) => what) }));
  await expect(storeFaultsPage(names, seen)).toMatchFileSnapshot(
    "../../../../docs/store-faults.md",
  );
});
