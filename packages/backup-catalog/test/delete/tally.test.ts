import { expect, test } from "vitest";
import { Tally } from "../../src/delete/tally.ts";

test("what stayed is no longer counted as deleted, however many there are", () => {
  const seen: unknown[] = [];
  const tally = new Tally((progress) => seen.push(progress));
  const modified = new Date(0);
  const items = Array.from({ length: 300_000 }, (_, index) => ({
    key: `chunks/web/${index}`,
    length: 2,
    modified,
  }));
  tally.expect(items.length);
  const failures = items.slice(1).map(({ key }) => ({ key, reason: "AccessDenied" }));
  tally.add(items, failures);
  expect(tally.hasFailures).toBe(true);
  expect(tally.outcome()).toEqual({ deleted: 1, freedBytes: 2, failures, unknownKeys: [] });
  expect(seen).toEqual([{ done: 1, total: 300_000 }]);
});
