import { describe, expect, test } from "vitest";
import { MemoryBudget } from "../../src/pipeline/memory-budget.ts";

const never = new AbortController().signal;

describe("MemoryBudget", () => {
  test("lets plaintext wait until bytes are given back, first come, first served", async () => {
    const budget = new MemoryBudget(100);
    await budget.take(80, never);
    const order: string[] = [];
    const large = budget.take(90, never).then(() => order.push("large"));
    const small = budget.take(10, never).then(() => order.push("small"));
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(order).toEqual([]);
    budget.give(80);
    await Promise.all([large, small]);
    expect(order).toEqual(["large", "small"]);
  });

  test("keeps an eighth from sealed chunks, so that a chunk can be read on", async () => {
    const budget = new MemoryBudget(80);
    expect(budget.takeNow(71)).toBe(false);
    expect(budget.takeNow(70)).toBe(true);
    expect(budget.takeNow(1)).toBe(false);
    await budget.take(10, never);
  });

  test("stops waiting with the signal's reason", async () => {
    const budget = new MemoryBudget(10);
    await budget.take(10, never);
    const controller = new AbortController();
    const waiting = budget.take(1, controller.signal);
    controller.abort(new Error("cancelled"));
    await expect(waiting).rejects.toThrow("cancelled");
    await expect(budget.take(1, controller.signal)).rejects.toThrow("cancelled");
  });
});
