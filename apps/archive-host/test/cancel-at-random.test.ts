import { afterEach, beforeEach, expect, test } from "vitest";
import { cancelAtRandom } from "./cancel-at-random.ts";
import { openSite, type Site } from "./site.ts";

let site: Site;
beforeEach(async () => {
  site = await openSite();
});
afterEach(async () => await site.close());

test("Cancelled at whatever moment, it ends with that alone and leaves nothing but what it goes on from", async () => {
  const { slowest } = await cancelAtRandom(site, 20_261_126, 8);
  // By far more than a busy machine takes.
  expect(slowest).toBeLessThan(200_000);
});
