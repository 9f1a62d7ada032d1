// Ceph RGW stopped in the middle of an archive, as a machine that hangs: connections stay, and nothing answers.
import { type CephRgw, startCephRgw } from "@backuppc-archive-s3/test-rig";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { type OutageSite, outageSite } from "./outage.ts";

/** Scaled: a try is given up after seconds. */
const IMPATIENT = { timeout: 5, attempts: 2, retryWait: 0.1 };

let rgw: CephRgw;
beforeAll(async () => {
  rgw = await startCephRgw();
});
afterAll(async () => await rgw.stop());

let site: OutageSite;
beforeEach(async () => {
  site = await outageSite(rgw);
});
afterEach(async () => {
  rgw.resume();
  await site.remove();
});

test("An archive outlives a store that hangs for less than its patience", async () => {
  const running = await site.begin({ ...IMPATIENT, patience: "1h" });
  rgw.pause();
  await site.goOn();
  await running.said(/^the store is away, and the archive waits for 1 h 0 min at most: storing /);
  rgw.resume();
  expect(await running.ended).toBe(0);
  // A store that has just come back may be slow, and count as away once more.
  expect(running.lines).toContainEqual(expect.stringMatching(/^the store is back after \d+ s$/));
  expect(running.lines.at(-1)).toMatch(/^archived merlin 1: (\d+) chunks, \1 new, /);
  expect(await site.statuses()).toEqual(["complete"]);
});

test("It ends when its patience does, and the next one reuses what is stored", async () => {
  const running = await site.begin({ ...IMPATIENT, patience: "8s" });
  rgw.pause();
  await site.goOn();
  expect(await running.ended).toBe(1);
  expect(running.lines.at(-1)).toMatch(
    /^The store has been away for 8 s: storing .* The next archive of the host does not upload again what this one has stored\.$/,
  );
  rgw.resume();
  const next = await site.begin(IMPATIENT);
  await site.goOn();
  expect(await next.ended).toBe(0);
  const [, chunks = 0, fresh = 0] =
    /^archived merlin 1: (\d+) chunks, (\d+) new/.exec(next.lines.at(-1) ?? "") ?? [];
  expect(Number(fresh)).toBeGreaterThan(0);
  expect(Number(fresh)).toBeLessThan(Number(chunks));
  expect((await site.statuses()).toSorted()).toEqual(["complete", "incomplete"]);
});
