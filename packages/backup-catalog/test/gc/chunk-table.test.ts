import { describe, expect, test } from "vitest";
import { CatalogError } from "../../src/index.ts";
import { ChunkTable } from "../../src/gc/chunk-table.ts";
import { attemptOf, chunk } from "./inventory-of.ts";

const ATTEMPT = attemptOf(5);
/** As no list would give them. */
const TABLE = new ChunkTable([5, 1, 3, 2, 9].map((index) => chunk(5, index)));

function kept(keeps: Readonly<Record<string, string>>): number[] {
  return [...TABLE.keptBy(keeps)].map(({ index }) => index);
}

describe("The chunks that a head keeps", () => {
  test.each([
    ["1-3", [1, 2, 3]],
    ["2", [2]],
    ["1,5,9", [1, 5, 9]],
    ["4-8", [5]],
    ["6-8", []],
    ["10-99999999", []],
    ["1-99999999", [1, 2, 3, 5, 9]],
  ])("are those of its ranges that are listed, whatever their order: %s", (ranges, indices) => {
    expect(kept({ [ATTEMPT]: ranges })).toEqual(indices);
  });

  test("are none of an attempt that has no chunk listed", () => {
    expect(kept({ [attemptOf(6)]: "1-9" })).toEqual([]);
  });

  test("are both of two with one number", () => {
    const one = chunk(5, 1);
    const twin = { ...one, name: one.name.replace(".gz", "") };
    expect([...new ChunkTable([one, twin]).keptBy({ [ATTEMPT]: "1" })]).toEqual([one, twin]);
  });

  test.each(["", "1-", "x", "5,1"])("are not guessed where %j is no range", (text) => {
    expect(() => kept({ [ATTEMPT]: text })).toThrow(CatalogError);
    expect(() => kept({ [attemptOf(6)]: text })).toThrow(
      expect.objectContaining({ code: "damaged" }),
    );
  });
});
