import type { Reason } from "@backuppc-archive-s3/backup-catalog";
import { expect, test } from "vitest";
import { stopText, why } from "../../src/delete/why.ts";

const BY = { host: "gandalf", number: 7, attempt: "20261122T031500Z-5f3a9c" };

test.each<[Reason[], string]>([
  [[{ kind: "incomplete" }], "incomplete; gc removes it when it is stale"],
  [[{ kind: "unverified" }], "not verified"],
  [[{ kind: "last" }], "the last good one"],
  [[{ kind: "young", days: 1.7 }], "1 day old"],
  [[{ kind: "newest", newer: 0, keep: 1 }], "no newer good one"],
  [[{ kind: "newest", newer: 1, keep: 3 }], "only 1 newer good"],
  [[{ kind: "weekly", period: "2026-W47" }], "the newest of 2026-W47"],
  [[{ kind: "stopped", cause: "future", by: BY }], "stopped by archive 7"],
  [[{ kind: "expired", days: 40.2, newer: 3 }], "40 days old, 3 newer good"],
  [[{ kind: "last" }, { kind: "yearly", period: "2026" }], "the last good one; the newest of 2026"],
])("%j is put as %s", (reasons, words) => expect(why(reasons)).toBe(words));

test.each([
  ["future", "is dated in the future. Check the clocks; then delete it by its number."],
  ["two-markers", "has two markers. Delete it by its number."],
] as const)("a stop names the archive and the remedy: %s", (cause, words) => {
  expect(stopText({ cause, by: BY })).toBe(
    `nothing is deleted, because archive 7 (attempt 20261122T031500Z-5f3a9c) ${words}`,
  );
});
