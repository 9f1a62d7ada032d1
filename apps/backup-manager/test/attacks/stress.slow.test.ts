import { expect, test } from "vitest";
import { stress } from "./stress.ts";

test("whatever several processes do to the store at once, what is listed as complete restores", async () => {
  const { counts, lost, log } = await stress(1, 20_000);
  expect({ lost, log: lost.length === 0 ? [] : log }).toEqual({ lost: [], log: [] });
  // One of each host at least, made when all else had ended.
  expect(counts["restore"]).toBeGreaterThanOrEqual(2);
});
