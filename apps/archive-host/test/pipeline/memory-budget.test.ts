import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { memoryBudget, type MemoryUse } from "../../src/pipeline/memory-budget.ts";

const MIB = 1_048_576;
const usual: MemoryUse = {
  memory: 256 * MIB,
  workers: 2,
  chunkSize: 64 * MIB,
  compressed: false,
};

describe("memoryBudget", () => {
  test("holds two chunks of 64 MiB whole with the usual memory: one being sealed, one being stored", () => {
    const { workers, held } = memoryBudget(usual);
    expect(workers).toBe(1);
    expect(held * (MIB - 4096)).toBeGreaterThanOrEqual(2 * 64 * MIB);
  });

  test.each([
    ["memory for two", { memory: 512 * MIB }, 2],
    ["shorter chunks", { chunkSize: 16 * MIB }, 2],
    ["chunks that are compressed, so that the CPU limits them", { compressed: true }, 2],
    ["more CPUs, at 64 MiB each", { workers: 64, chunkSize: MIB }, 4],
    ["little memory", { memory: 32 * MIB, workers: 8 }, 1],
    ["chunks longer than the memory", { chunkSize: 500_000_000 }, 1],
  ])("with %s", (_, use, workers) => {
    expect(memoryBudget({ ...usual, ...use }).workers).toBe(workers);
  });

  test("never shares out more than there is, and gives one of each at least", () => {
    const use = fc.record({
      memory: fc.integer({ min: 0, max: 16_384 * MIB }),
      workers: fc.integer({ min: 1, max: 128 }),
      chunkSize: fc.integer({ min: 1, max: 5_000 * MIB }),
      compressed: fc.boolean(),
    });
    fc.assert(
      fc.property(use, (each) => {
        const { workers, plain, held } = memoryBudget(each);
        expect(Math.min(workers, plain, held)).toBeGreaterThanOrEqual(1);
        expect(workers).toBeLessThanOrEqual(each.workers);
        expect((plain + held) * MIB).toBeLessThanOrEqual(Math.max(2 * MIB, each.memory));
      }),
    );
  });
});
