import { expect, test } from "vitest";
import { RULES } from "./shared.ts";
import { runWorld } from "./world.ts";

/** Worlds of 120 days. */
const WORLDS = 2000;
const BROKEN_WORLDS = 100;

test("No chunk is lost in thousands of random histories", async () => {
  let archives = 0;
  let reused = 0;
  for (let seed = 1000; seed < 1000 + WORLDS; seed++) {
    const world = await runWorld({ seed, days: 120 });
    expect(world.losses, `seed ${seed}`).toEqual([]);
    archives += world.archives;
    reused += world.reused;
  }
  process.stdout.write(
    `${WORLDS} worlds, ${archives} archives, ${reused} reused chunks: none lost\n`,
  );
});

test.each(RULES)("Chunks are lost once this rule is left out: %s", async (leftOut) => {
  let broken = 0;
  for (let seed = 1000; seed < 1000 + BROKEN_WORLDS; seed++)
    if ((await runWorld({ seed, days: 120, leftOut })).losses.length > 0) broken += 1;
  process.stdout.write(`without "${leftOut}": ${broken} of ${BROKEN_WORLDS} worlds lose chunks\n`);
  expect(broken).toBeGreaterThan(0);
});
