import { expect, test } from "vitest";
import { overdueHosts } from "../../src/list/overdue-hosts.ts";
import { NOW, summaryOf } from "../summary-of.ts";

test("a host is overdue without a complete archive of the last days", () => {
  const archives = [
    summaryOf(1, "complete", "well"),
    summaryOf(9, "complete", "well"),
    summaryOf(8, "complete", "late"),
    summaryOf(1, "partial", "late"),
    summaryOf(0, "incomplete", "late"),
    summaryOf(0, "incomplete", "new"),
  ];
  expect(overdueHosts(archives, 7, NOW)).toEqual(["late", "new"]);
  expect(overdueHosts(archives, 8, NOW)).toEqual(["new"]);
  expect(overdueHosts([], 7, NOW)).toEqual([]);
});

test("an archive that is dated in the future makes no host punctual", () => {
  const ahead = summaryOf(-900, "complete", "ahead");
  expect(overdueHosts([ahead, summaryOf(9, "complete", "ahead")], 7, NOW)).toEqual(["ahead"]);
  expect(overdueHosts([ahead, summaryOf(1, "complete", "ahead")], 7, NOW)).toEqual([]);
});
