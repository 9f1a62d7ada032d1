import fc from "fast-check";
import { expect, test } from "vitest";
import {
  holdOfRun,
  LONGEST_RUN_MS,
  mayReuse,
  protectedUntil,
  REUSE_WINDOW_MS,
  UNLISTED_REUSE_MS,
} from "../src/index.ts";

const START = new Date("2026-11-22T03:15:00Z");
const at = (milliseconds: number): Date => new Date(START.getTime() + milliseconds);

test("a chunk of an archive may be reused by runs that begin in its window", () => {
  const entry = { holdUntil: holdOfRun(START), stored: START };
  expect(mayReuse(entry, at(REUSE_WINDOW_MS))).toBe(true);
  expect(mayReuse(entry, at(REUSE_WINDOW_MS + 1))).toBe(false);
});

test("a chunk that no head names may be reused for two days", () => {
  expect(mayReuse({ stored: START }, at(UNLISTED_REUSE_MS - 1))).toBe(true);
  expect(mayReuse({ stored: START }, at(UNLISTED_REUSE_MS))).toBe(false);
});

test("what may be reused is protected for as long as the run may take, or until it must be checked again", () => {
  const anyDays = fc.integer({ min: -40 * 24, max: 40 * 24 }).map((hours) => hours * 3_600_000);
  fc.assert(
    fc.property(anyDays, fc.boolean(), (start, isListed) => {
      const entry = isListed ? { holdUntil: holdOfRun(START), stored: START } : { stored: START };
      if (!mayReuse(entry, at(start))) return;
      const needed = start + LONGEST_RUN_MS - (isListed ? 0 : UNLISTED_REUSE_MS);
      expect(protectedUntil(entry).getTime()).toBeGreaterThanOrEqual(
        Math.min(at(needed).getTime(), at(LONGEST_RUN_MS).getTime()),
      );
    }),
  );
});
