import type { Reason } from "@backuppc-archive-s3/backup-catalog";
import { expect, test } from "vitest";
import { why } from "../../src/delete/why.ts";

test.each<[Reason[], string]>([
  [[{ kind: "unfinalized" }], "unfinalized: gc takes it when it is stale"],
  [[{ kind: "last" }], "the last good one"],
  [[{ kind: "young", days: 1.7 }], "1 day old"],
  [[{ kind: "newest", newer: 0, keep: 1 }], "no newer complete"],
  [[{ kind: "newest", newer: 1, keep: 3 }], "only 1 newer complete"],
  [[{ kind: "weekly", period: "2026-W47" }], "the newest of 2026-W47"],
  [[{ kind: "expired", days: 40.2, newer: 3 }], "40 days old, 3 newer complete"],
  [[{ kind: "last" }, { kind: "yearly", period: "2026" }], "the last good one; the newest of 2026"],
])("%j is told as %s", (reasons, words) => expect(why(reasons)).toBe(words));
