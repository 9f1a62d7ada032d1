import { describe, expect, test } from "vitest";
import { MemoryBudget } from "../../src/pipeline/memory-budget.ts";
import { readAhead } from "../../src/pipeline/read-ahead.ts";

const MIB = 1_048_576;
const never = new AbortController().signal;

async function settle(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 20));
}

describe("readAhead", () => {
  test("reads at once, as far as the budget allows, and on as blocks are taken", async () => {
    let read = 0;
    async function* body(): AsyncGenerator<Uint8Array> {
      for (; read < 10; read++) yield new Uint8Array(MIB);
    }
    const blocks = readAhead(body(), new MemoryBudget(4 * MIB), never)[Symbol.asyncIterator]();
    await settle();
    expect(read).toBe(3);
    for (let count = 0; count < 10; count++) await blocks.next();
    expect(await blocks.next()).toEqual({ done: true, value: undefined });
  });

  test("gives back what was taken, also for blocks that were transferred away", async () => {
    const budget = new MemoryBudget(2 * MIB);
    async function* body(): AsyncGenerator<Uint8Array> {
      for (let count = 0; count < 20; count++) yield new Uint8Array(MIB);
    }
    for await (const block of readAhead(body(), budget, never)) {
      structuredClone(block, { transfer: [block.buffer] });
    }
    await expect(budget.take(2 * MIB, never)).resolves.toBeUndefined();
  });

  test("throws the body's error to its reader, however late that one comes", async () => {
    async function* body(): AsyncGenerator<Uint8Array> {
      yield new Uint8Array(1);
      throw new Error("the tape tore");
    }
    const blocks = readAhead(body(), new MemoryBudget(4 * MIB), never);
    await settle();
    await expect(async () => {
      for await (const _ of blocks);
    }).rejects.toThrow("the tape tore");
  });
});
