import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseRate, parseSize } from "../src/size.ts";

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

  test("takes every whole number of bytes as it is", () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), (bytes) => {
        expect(parseSize(String(bytes))).toBe(bytes);
        expect(parseSize(`${bytes}B`)).toBe(bytes);
      }),
    );
  });
});

test.each([
  ["20MB/s", 20_000_000],
  ["20 MB / s", 20_000_000],
  ["1MiB", 1_048_576],
])("parseRate takes %j as %i bytes a second", (text, bytes) => {
  expect(parseRate(text)).toBe(bytes);
});
