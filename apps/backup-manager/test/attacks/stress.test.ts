import { expect, test } from "vitest";
import { stress } from "./stress.ts";

/** Another one each day, so that in time many are tried, and each can be tried again. */
const SEED = Math.floor(Date.now() / 86_400_000);

test(`whatever several processes do to the store at once, what is listed as complete restores (seed ${SEED})`, async () => {
  const { counts, lost, log } = await stress(SEED, 20_000);
  expect({ lost, log: lost.length === 0 ? [] : log }).toEqual({ lost: [], log: [] });
  expect(counts).toMatchObject({ restore: expect.any(Number) });
}, 180_000);
