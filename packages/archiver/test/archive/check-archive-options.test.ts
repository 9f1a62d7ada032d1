import { afterEach, beforeEach, expect, test } from "vitest";
import { type Engine, openEngine } from "./engine.ts";

let engine: Engine;
beforeEach(async () => {
  engine = await openEngine();
});
afterEach(async () => await engine.close());

const NUMBERS = {
  number: -1,
  memory: 0,
  workers: 0,
  connections: 0,
  mean: 65_535,
  most: 511,
  expectedBytes: -1,
  refreshAfterMs: 0,
};

test.each(
  Object.entries(NUMBERS).flatMap(([name, tooSmall]) =>
    [tooSmall, 1.5, NaN, Infinity].map((value) => [name, value] as const),
  ),
)("%s = %d is refused before anything is stored", async (name, value) => {
  await expect(engine.archive({ [name]: value })).rejects.toMatchObject({
    code: "invalid-input",
    message: expect.stringMatching(new RegExp(`^${name} is no whole number from .*: ${value}\\.$`)),
  });
  expect(engine.objects.size).toBe(0);
});
