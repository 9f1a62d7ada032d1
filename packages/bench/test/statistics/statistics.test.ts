import { expect, test } from "vitest";
import { highestOfEach } from "../../src/statistics/highest-of-each.ts";
import { lineUse } from "../../src/statistics/line-use.ts";
import { median } from "../../src/statistics/median.ts";
import { perInterval } from "../../src/statistics/per-interval.ts";
import { quarters } from "../../src/statistics/quarters.ts";
import { roundRatio } from "../../src/statistics/round-ratios.ts";

test("the median is the middle one, or the mean of the two in the middle", () => {
  expect(median([9, 1, 5])).toBe(5);
  expect(median([1, 9, 5, 3])).toBe(4);
  expect(median([])).toBeNaN();
});

test("a ratio is taken round by round, so that one noisy round does not tip it", () => {
  expect(roundRatio([1, 1, 10], [2, 2, 20])).toBe(2);
});

const steady = Array.from({ length: 101 }, (_, step) => ({ seconds: step / 100, bytes: 10_000 }));

test("a line that is never idle is busy all the time", () => {
  const { busy, longestGap } = lineUse(steady, 1_000_000);
  expect(busy).toBeCloseTo(1);
  expect(longestGap).toBeCloseTo(0.01);
});

test("a pause counts as idle and as a gap", () => {
  const paused = steady.map(({ seconds, bytes }) => {
    return { seconds: seconds > 0.5 ? seconds + 1 : seconds, bytes };
  });
  const { busy, longestGap } = lineUse(paused, 1_000_000);
  expect(busy).toBeCloseTo(0.47, 1);
  expect(longestGap).toBeCloseTo(1.01);
});

test("bytes are counted in each interval, idle ones too", () => {
  const passages = [
    { seconds: 0.01, bytes: 1 },
    { seconds: 0.09, bytes: 2 },
    { seconds: 0.31, bytes: 4 },
  ];
  expect(perInterval(passages, 0.1)).toEqual([3, 0, 0, 4]);
});

test("memory that grows is seen from the first quarter to the last", () => {
  const samples = Array.from({ length: 101 }, (_, step) => ({ seconds: step, bytes: step * 10 }));
  expect(quarters(samples)).toEqual({ first: 125, last: 875 });
});

test("a line of many points keeps its peaks", () => {
  const points = [5, 1, 2, 9, 3, 0, 4].map((y, x) => [x, y] as const);
  expect(highestOfEach(points, 3)).toEqual([
    [0, 5],
    [3, 9],
    [6, 4],
  ]);
  expect(highestOfEach(points, 10)).toEqual(points);
});
