import { afterEach, beforeEach, expect, test } from "vitest";
import { cancelAtRandom } from "./cancel-at-random.ts";
import { openSite, type Site } from "./site.ts";

let site: Site;
beforeEach(async () => {
  site = await openSite();
});
afterEach(async () => await site.close());

const ROUNDS = 30;
const RUNS = 12;

test.each(Array.from({ length: ROUNDS }, (_, round) => round + 1))(
  "Cancelled at random moments (seed %i), it ends with that alone and leaves nothing but what it goes on from",
  async (seed) => {
    const { interrupted, slowest } = await cancelAtRandom(site, seed, RUNS);
    expect(interrupted).toBeGreaterThan(0);
    expect(slowest).toBeLessThan(200_000);
  },
);
