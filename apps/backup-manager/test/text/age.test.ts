import { expect, test } from "vitest";
import { age } from "../../src/text/age.ts";

const NOW = new Date("2026-11-22T12:00:00Z");

test.each([
  ["2026-11-22T12:00:05Z", "0 min ago"],
  ["2026-11-22T11:59:01Z", "0 min ago"],
  ["2026-11-22T11:55:00Z", "5 min ago"],
  ["2026-11-22T11:00:01Z", "59 min ago"],
  ["2026-11-22T09:00:00Z", "3 hr ago"],
  ["2026-11-21T12:00:01Z", "23 hr ago"],
  ["2026-11-21T12:00:00Z", "1 day ago"],
  ["2026-11-10T11:00:00Z", "12 days ago"],
])("%s was %s", (time, words) => expect(age(new Date(time), NOW)).toBe(words));
