import { expect, test } from "vitest";
import { newAttemptId, startOfAttempt } from "../src/index.ts";

test("an attempt id is the UTC start in seconds and a random tail", () => {
  const now = new Date("2026-11-22T03:15:00.987Z");
  const attempt = newAttemptId(now);
  expect(attempt).toMatch(/^20261122T031500Z-[0-9a-f]{6}$/);
  expect(newAttemptId(now)).not.toBe(attempt);
  expect(startOfAttempt(attempt)).toEqual(new Date("2026-11-22T03:15:00Z"));
});

test.each([
  "",
  "20261122T031500Z",
  "20260230T031500Z-5f3a9c",
  "20261122T251500Z-5f3a9c",
  "x".repeat(99),
])("%j is no attempt id", (attempt) => expect(startOfAttempt(attempt)).toBeUndefined());
