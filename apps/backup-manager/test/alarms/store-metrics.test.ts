import { formatMetrics } from "@backuppc-archive-s3/alarms";
import { expect, test } from "vitest";
import { storeMetrics } from "../../src/alarms/store-metrics.ts";
import { summaryOf } from "../summary-of.ts";

const NOW = new Date();

test("Each host has its age and whether it is overdue; what archive-host wrote stays, but not of hosts that are gone", () => {
  const there = ["gandalf", "gone"].map((host) => ({
    name: "backuppc_archive_new_bytes" as const,
    labels: { host },
    value: 7,
  }));
  const archives = [summaryOf(3, "complete", "gandalf"), summaryOf(1, "incomplete", "gandalf")];
  const last = archives[0]?.finished ?? NOW;
  const drills = new Map([["gandalf", new Date(NOW.getTime() - 60_000)]]);
  const samples = storeMetrics(there, { archives, overdue: ["never"], drills }, NOW);
  const lines = formatMetrics(samples)
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"));
  expect(lines).toEqual([
    `backuppc_archive_last_success_timestamp_seconds{host="gandalf"} ${Math.round(last.getTime() / 1000)}`,
    `backuppc_archive_age_seconds{host="gandalf"} ${Math.round((NOW.getTime() - last.getTime()) / 1000)}`,
    'backuppc_archive_new_bytes{host="gandalf"} 7',
    'backuppc_archive_overdue{host="gandalf"} 0',
    'backuppc_archive_overdue{host="never"} 1',
    'backuppc_archive_drill_age_seconds{host="gandalf"} 60',
  ]);
});
