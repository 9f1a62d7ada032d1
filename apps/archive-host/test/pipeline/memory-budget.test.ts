import { describe, expect, test } from "vitest";
import { blockShares, workersWithin } from "../../src/pipeline/memory-budget.ts";

const MIB = 1_048_576;

describe("blockShares", () => {
  test("holds a chunk of 64 MiB whole with the usual memory and two threads", () => {
    const { held } = blockShares(256 * MIB, 2);
    expect(held * (MIB - 4096)).toBeGreaterThanOrEqual(64 * MIB);
  });

  test("leaves room beside the blocks, and for what each thread is at work on", () => {
    expect(blockShares(256 * MIB, 1)).toEqual({ plain: 62, held: 94 });
    expect(blockShares(256 * MIB, 2)).toEqual({ plain: 51, held: 77 });
  });

  test("gives one block of each at least, however small the memory", () => {
    expect(blockShares(0, 8)).toEqual({ plain: 1, held: 1 });
  });
});

describe("workersWithin", () => {
  test.each([
    [256, 2, 2],
    [256, 64, 4],
    [1024, 64, 16],
    [32, 8, 1],
  ])("%i MiB are enough for, of %i threads, %i", (memory, wanted, workers) => {
    expect(workersWithin(memory * MIB, wanted)).toBe(workers);
  });
});
