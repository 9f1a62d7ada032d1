import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseDays, parseRate, parseSize } from "../../src/parse/size.ts";

describe("parseSize", () => {
  test.each([
    ["64MiB", 67_108_864],
    ["256 MiB", 268_435_456],
    ["500MB", 500_000_000],
    ["1.5GB", 1_500_000_000],
    ["500_000", 500_000],
    ["0", 0],
  ])("takes %j as %i bytes", (text, bytes) => {
    expect(parseSize(text)).toBe(bytes);
  });

  test.each(["", "MiB", "64 mib", "-1", "1e6", "64MiBs", "constructor", "9999999999 TiB"])(
    "refuses %j",
    (text) => {
      expect(parseSize(text)).toBeUndefined();
    },
  );

  test("refuses a text of 100,000 blanks at once, as rates and days do", () => {
    const blanks = " ".repeat(100_000);
    for (const text of [blanks, `1${blanks}!`, `${blanks}/`, `1bit${blanks}!`, `1d${blanks}!`]) {
      expect([parseSize(text), parseRate(text), parseDays(text)]).toEqual([
        undefined,
        undefined,
        undefined,
      ]);
    }
  });

  test("takes every whole number of bytes as it is", () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), (bytes) => {
        expect(parseSize(String(bytes))).toBe(bytes);
        expect(parseSize(`${bytes}B`)).toBe(bytes);
      }),
    );
  });

  test("multiplies by the unit, blanks or not", () => {
    const units = { kB: 1e3, MB: 1e6, GB: 1e9, KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30 };
    const unit = fc.constantFrom(...Object.entries(units));
    fc.assert(
      fc.property(
        fc.nat(8_000_000),
        unit,
        fc.constantFrom("", " ", "  "),
        (n, [name, factor], gap) => {
          expect(parseSize(`${gap}${n}${gap}${name}${gap}`)).toBe(n * factor);
        },
      ),
    );
  });

  test("gives whole bytes or nothing, whatever the text", () => {
    const text = fc.oneof(fc.string(), fc.stringMatching(/^\d+(\.\d+)? ?[kKMGT]?i?B?$/));
    fc.assert(
      fc.property(text, (any) => {
        const bytes = parseSize(any) ?? 0;
        expect(Number.isSafeInteger(bytes) && bytes >= 0).toBe(true);
      }),
    );
  });
});

test.each([
  ["20MB/s", 20_000_000],
  ["20 MB / s", 20_000_000],
  ["1MiB", 1_048_576],
  ["1000", 1000],
  ["160Mbit/s", 20_000_000],
  ["8000 kbit", 1_000_000],
  ["20Mbps", undefined],
  ["20MB/h", undefined],
  ["20/s/s", undefined],
  ["bit/s", undefined],
])("parseRate takes %j as %s bytes a second", (text, bytes) => {
  expect(parseRate(text)).toBe(bytes);
});
