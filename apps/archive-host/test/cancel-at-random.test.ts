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
  // Other tests run beside it; cancel.test.ts holds it to its second.
  expect(slowest).toBeLessThan(5000);
});
