import { expect, test } from "vitest";
import { unfinishedBusiness } from "../../src/list/unfinished-business.ts";
import { NOW, summaryOf } from "../summary-of.ts";

test("what failed before the newest complete archive is nobody's business any more", () => {
  const archives = [summaryOf(3, "incomplete"), summaryOf(2, "partial"), summaryOf(1)];
  expect(unfinishedBusiness(archives, NOW)).toEqual([]);
});

test("what failed since then is, unless it may still be written", () => {
  const partial = summaryOf(3, "partial");
  const left = summaryOf(2, "incomplete");
  const running = summaryOf(0.5, "incomplete");
  const never = summaryOf(9, "incomplete", "witte");
  const archives = [running, summaryOf(4), left, partial, never];
  expect(unfinishedBusiness(archives, NOW)).toEqual([partial, left, never]);
});
