import { expect, test } from "vitest";
import { parseDays } from "../../src/parse/size.ts";

test.each([
  ["180d", 180],
  ["180 days", 180],
  [" 1 day ", 1],
  ["7", 7],
  ["0d", 0],
])("%j is %i days", (text, days) => {
  expect(parseDays(text)).toBe(days);
});

test.each(["", "d", "1.5d", "-1d", "1w", "1e3", "1234567", "180d 2h"])("%j is none", (text) => {
  expect(parseDays(text)).toBeUndefined();
});
