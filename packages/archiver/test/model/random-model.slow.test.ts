import { describe, expect, test } from "vitest";
import { RULES } from "./shared.ts";
import { runWorld, type WorldOutcome } from "./world.ts";

const DAYS = 120;
const SEEDS = Array.from({ length: 4 }, (_, index) => index + 1);
/** By then, each rule that is left out has cost a chunk. */
const LAST_SEED = 40;

describe("Runs, deletes and gc at once, with crashes, lost and old indexes, and no lock between machines", () => {
  test("never cost a complete archive a chunk", async () => {
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
  });

  test.each(RULES)("cost one once this rule is left out: %s", async (leftOut) => {
    let lost = 0;
    for (let seed = 1; seed <= LAST_SEED && lost === 0; seed++)
      lost = (await runWorld({ seed, days: DAYS, leftOut })).losses.length;
    expect(lost).toBeGreaterThan(0);
  });
});
