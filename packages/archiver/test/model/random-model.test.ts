import { describe, expect, test } from "vitest";
import { type LeftOut, RULES } from "./shared.ts";
import { runWorld, type WorldOutcome } from "./world.ts";

const DAYS = 120;
/** Milliseconds for a test, on a machine that is busy with others. */
const PATIENCE = 300_000;
const SEEDS = Array.from({ length: 4 }, (_, index) => index + 1);
/** Of so many worlds, one loses a chunk once a rule is left out. */
const WORLDS = 20;
/** The first of them; this one is needed in one world of fifty alone. */
const FIRST_SEEDS: Partial<Record<LeftOut, number>> = {
  "only chunks of the index go while they are held": 1042,
};

describe("Runs, deletes and gc at once, with crashes, lost and old indexes, and no lock between machines", () => {
  test(
    "never cost a complete archive a chunk",
    async () => {
      const worlds: WorldOutcome[] = [];
      for (const seed of SEEDS) worlds.push(await runWorld({ seed, days: DAYS }));
      expect(worlds.flatMap(({ losses }) => losses)).toEqual([]);
      const sum = (of: (world: WorldOutcome) => number): number =>
        worlds.reduce((total, world) => total + of(world), 0);
      // Else the worlds would show nothing.
      expect(sum(({ archives }) => archives)).toBeGreaterThan(50);
      expect(sum(({ reused }) => reused)).toBeGreaterThan(200);
      expect(sum(({ deletedChunks }) => deletedChunks)).toBeGreaterThan(50);
      expect(sum(({ crashes }) => crashes)).toBeGreaterThan(10);
      expect(sum(({ refusedHeads }) => refusedHeads)).toBeGreaterThan(1);
    },
    PATIENCE,
  );

  test.each(RULES)(
    "cost one once this rule is left out: %s",
    async (leftOut) => {
      let lost = 0;
      const first = FIRST_SEEDS[leftOut] ?? 1;
      for (let seed = first; seed < first + WORLDS && lost === 0; seed++)
        lost = (await runWorld({ seed, days: DAYS, leftOut })).losses.length;
      expect(lost).toBeGreaterThan(0);
    },
    PATIENCE,
  );
});
