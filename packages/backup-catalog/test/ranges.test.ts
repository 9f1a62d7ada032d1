import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeRanges, encodeRanges } from "../src/index.ts";
import { countOf } from "../src/ranges.ts";

test("runs of numbers are written by their ends", () => {
  const indices = [...Array.from({ length: 500 }, (_, index) => index + 1), 502, 504, 505];
  expect(encodeRanges(indices)).toBe("1-500,502,504-505");
});

test("what was written is read again, and counts the same", () => {
  const anyIndices = fc.uniqueArray(fc.integer({ min: 1, max: 300 }), { minLength: 1 });
  fc.assert(
    fc.property(anyIndices, (some) => {
      const indices = some.toSorted((one, other) => one - other);
      const ranges = decodeRanges(encodeRanges(indices)) ?? [];
      expect(countOf(ranges)).toBe(indices.length);
      const read = ranges.flatMap(({ first, last }) =>
        Array.from({ length: last - first + 1 }, (_, index) => first + index),
      );
      expect(read).toEqual(indices);
    }),
  );
});

test("what is read is what would be written: no two texts say the same", () => {
  const anyText = fc.oneof(
    fc.string(),
    fc.stringMatching(/^[0-9,-]{1,12}$/),
    fc.array(fc.stringMatching(/^[0-9]{1,3}(-[0-9]{1,3})?$/)).map((parts) => parts.join(",")),
  );
  fc.assert(
    fc.property(anyText, (text) => {
      const ranges = decodeRanges(text);
      if (ranges === undefined) return;
      const indices = ranges.flatMap(({ first, last }) =>
        Array.from({ length: last - first + 1 }, (_, index) => first + index),
      );
      expect(encodeRanges(indices)).toBe(text);
    }),
  );
});

describe("refused", () => {
  test.each([
    "",
    "0",
    "01",
    "1-1",
    "2-1",
    "1,1",
    "2,1",
    "1,2",
    "1-2,3",
    "1-3,2",
    "1,",
    ",1",
    "1 ",
    "+1",
    "-1",
    "1-",
    "1-2-3",
    "1.5",
    "1e3",
    "100000000",
    "1-100000000",
    "\u0661",
  ])("%j", (text) => expect(decodeRanges(text)).toBeUndefined());

  test("more than any archive has, without looking at it", () => {
    expect(decodeRanges("1,".repeat(9_000_000))).toBeUndefined();
  });
});

test("the widest range costs no more than any other", () => {
  expect(decodeRanges("1-99999999")).toEqual([{ first: 1, last: 99_999_999 }]);
});
