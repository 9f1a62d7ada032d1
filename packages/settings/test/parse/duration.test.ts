import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseDuration } from "../../src/parse/duration.ts";

describe("parseDuration", () => {
  test.each([
    ["0", 0],
    ["90s", 90],
    ["30m", 1800],
    [" 1.5 h ", 5400],
    ["1d", 86_400],
    ["2w", 1_209_600],
  ])("reads %j as %d seconds", (text, seconds) => {
    expect(parseDuration(text)).toBe(seconds);
  });

  test.each(["", "30", "m", "-1m", "1e3s", "1 month", "1m 30s", "∞", `${" ".repeat(200)}1m`])(
    "does not guess what %j is",
    (text) => {
      expect(parseDuration(text)).toBeUndefined();
    },
  );

  test("gives a whole number of seconds back", () => {
    fc.assert(
      fc.property(fc.nat({ max: 999_999_999 }), (seconds) => {
        expect(parseDuration(`${seconds}s`)).toBe(seconds);
      }),
    );
  });
});
