import { describe, expect, test } from "vitest";
import { BlockPool } from "../../src/pipeline/block-pool.ts";

const never = new AbortController().signal;

describe("BlockPool", () => {
  test("lets plaintext wait until some has been sealed, first come, first served", async () => {
    const pool = new BlockPool({ plain: 2, held: 2 });
    for (let count = 0; count < 2; count++) await pool.take(never);
    const order: string[] = [];
    const first = pool.take(never).then(() => order.push("first"));
    const second = pool.take(never).then(() => order.push("second"));
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(order).toEqual([]);
    pool.sealed();
    pool.sealed();
    await Promise.all([first, second]);
    expect(order).toEqual(["first", "second"]);
  });

  test("fills the same memory again, but none that is not its own", async () => {
    const pool = new BlockPool({ plain: 1, held: 1 });
    const block = await pool.take(never);
    pool.giveBack(new Uint8Array(10));
    pool.giveBack(block.subarray(0, 5));
    expect(pool.takeForSealing().buffer).toBe(block.buffer);
    expect(pool.takeForSealing().buffer).not.toBe(block.buffer);
  });

  test("stops waiting with the signal's reason", async () => {
    const pool = new BlockPool({ plain: 1, held: 1 });
    await pool.take(never);
    const controller = new AbortController();
    const waiting = pool.take(controller.signal);
    controller.abort(new Error("cancelled"));
    await expect(waiting).rejects.toThrow("cancelled");
    await expect(pool.take(controller.signal)).rejects.toThrow("cancelled");
  });
});
