import { expect, test } from "vitest";
import { neediestHosts } from "../../src/start/neediest-hosts.ts";
import { summaryOf } from "../summary-of.ts";

const ARCHIVES = [
  ...[1, 2, 3].map((days) => summaryOf(days, "complete", "rich")),
  ...[1, 5].map((days) => summaryOf(days, "complete", "two")),
  ...[2, 9].map((days) => summaryOf(days, "complete", "two older")),
  summaryOf(1, "complete", "one"),
  summaryOf(0, "partial", "one"),
  summaryOf(1, "incomplete", "none"),
  summaryOf(1, "complete", "gone"),
];
const HOSTS = ["none", "one", "rich", "two", "two older", "never archived"];

test("first who has no complete archive, then who has the fewest, then whose newest is oldest", () => {
  expect(neediestHosts(ARCHIVES, HOSTS, 2)).toEqual([
    "never archived",
    "none",
    "one",
    "two older",
    "two",
  ]);
});

test("only who has fewer than keep + 1, and only hosts that BackupPC has", () => {
  expect(neediestHosts(ARCHIVES, HOSTS, 1)).toEqual(["never archived", "none", "one"]);
  expect(neediestHosts(ARCHIVES, [], 9)).toEqual([]);
});

test("the order of the archives is irrelevant", () => {
  const reversed = ARCHIVES.toReversed();
  expect(neediestHosts(reversed, HOSTS.toReversed(), 2)).toEqual(neediestHosts(ARCHIVES, HOSTS, 2));
});
