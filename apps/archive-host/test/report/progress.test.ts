import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Reading } from "../../src/report/meter.ts";
import { barOf, progressLine, startProgress } from "../../src/report/progress.ts";

const reading: Reading = {
  chunks: 34,
  newChunks: 5,
  tarBytes: 2_400_000_000,
  storedBytes: 2_300_000_000,
  bytesPerSecond: 20_000_000,
  percent: 12,
  secondsLeft: 4980,
};

describe("progressLine", () => {
  test("tells percentage, chunks, bytes, rate and time left", () => {
    expect(progressLine(reading)).toBe(
      "progress: 12 %, 34 chunks, 5 new, 2.3 GB uploaded, 20.0 MB/s, 1 h 23 min left",
    );
  });

  test.each([
    [0.4, "1 s"],
    [59, "59 s"],
    [61, "2 min"],
    [3600, "1 h 0 min"],
    [100_000, "1 d 3 h"],
  ])("says of %d seconds %s", (secondsLeft, words) => {
    expect(progressLine({ ...reading, secondsLeft })).toMatch(`, ${words} left`);
  });

  test("shows in place of the rate for how long the store has not answered, once that is news", () => {
    expect(progressLine(reading, 9)).toBe(progressLine(reading));
    expect(progressLine(reading, 150)).toBe(
      "progress: 12 %, 34 chunks, 5 new, 2.3 GB uploaded, the store has not answered for 3 min",
    );
    expect(barOf(reading, 45)).toMatch(/\] 12 %, the store has not answered for 45 s$/);
  });

  test("leaves out what is not known", () => {
    expect(progressLine({ ...reading, percent: undefined, secondsLeft: undefined })).toBe(
      "progress: 34 chunks, 5 new, 2.3 GB uploaded, 20.0 MB/s",
    );
  });
});

describe("barOf", () => {
  test("is as full as the percentage", () => {
    expect(barOf({ ...reading, percent: 50 })).toBe(
      "[===============>              ] 50 %, 20.0 MB/s, 1 h 23 min left",
    );
    expect(barOf({ ...reading, percent: 99 }).indexOf("]")).toBe(31);
  });

  test("shows what was uploaded where there is no percentage", () => {
    const unknown = { ...reading, percent: undefined, secondsLeft: undefined };
    expect(barOf(unknown)).toBe("2.3 GB uploaded, 20.0 MB/s");
  });
});

describe("startProgress", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test("prints a line in each 30 seconds, until it is stopped", () => {
    const lines: string[] = [];
    const stop = startProgress({ print: (line) => void lines.push(line) }, () => reading);
    for (let halfMinute = 1; halfMinute < 4; halfMinute++) {
      const before = lines.length;
      vi.advanceTimersByTime(30_000);
      expect(lines.length).toBeGreaterThan(before);
    }
    stop();
    const after = lines.length;
    vi.advanceTimersByTime(60_000);
    expect(lines).toHaveLength(after);
  });

  test("shows a bar in place of the lines on a terminal, and takes it away", () => {
    const shown: string[] = [];
    const lines: string[] = [];
    const output = {
      print: (line: string): void => void lines.push(line),
      bar: (text: string): void => void shown.push(text),
    };
    const stop = startProgress(output, () => reading);
    vi.advanceTimersByTime(30_000);
    stop();
    expect(lines).toEqual([]);
    expect(shown[0]).toMatch(/^\[===>/);
    expect(shown.at(-1)).toBe("");
  });
});
