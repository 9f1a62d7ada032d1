import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { calendarIn, PERIODS } from "../../src/retention/calendar.ts";

const ZONES = ["UTC", "Europe/Berlin", "America/New_York", "Pacific/Apia", "Asia/Kathmandu"];

test.each([
  ["2026-11-22T12:00:00Z", "2026-W47"],
  ["2026-01-01T12:00:00Z", "2026-W01"],
  ["2025-12-29T12:00:00Z", "2026-W01"],
  ["2027-01-03T12:00:00Z", "2026-W53"],
  ["2021-01-03T12:00:00Z", "2020-W53"],
  ["2024-12-30T12:00:00Z", "2025-W01"],
])("%s is in week %s", (time, week) => {
  expect(calendarIn("UTC")(new Date(time), "weekly")).toBe(week);
});

describe("across changes of clocks in Berlin", () => {
  const day = (time: string): string => calendarIn("Europe/Berlin")(new Date(time), "daily");

  test("a day of 23 hours begins and ends where its midnights are", () => {
    expect(
      [
        "2026-03-28T22:59:59Z",
        "2026-03-28T23:00:00Z",
        "2026-03-29T21:59:59Z",
        "2026-03-29T22:00:00Z",
      ].map(day),
    ).toEqual(["2026-03-28", "2026-03-29", "2026-03-29", "2026-03-30"]);
  });

  test("a day of 25 hours begins and ends where its midnights are", () => {
    expect(
      [
        "2026-10-24T21:59:59Z",
        "2026-10-24T22:00:00Z",
        "2026-10-25T22:59:59Z",
        "2026-10-25T23:00:00Z",
      ].map(day),
    ).toEqual(["2026-10-24", "2026-10-25", "2026-10-25", "2026-10-26"]);
  });

  test("the hour that comes twice is of one day", () => {
    expect(day("2026-10-25T00:30:00Z")).toBe(day("2026-10-25T01:30:00Z"));
  });
});

test("In Apia the last days of 2011 lack one", () => {
  const apia = calendarIn("Pacific/Apia");
  expect(apia(new Date("2011-12-30T09:59:59Z"), "daily")).toBe("2011-12-29");
  expect(apia(new Date("2011-12-30T10:00:00Z"), "daily")).toBe("2011-12-31");
});

test("names of one period sort by time, in any zone", () => {
  const anyTime = fc.date({
    min: new Date("1990-01-01"),
    max: new Date("2100-01-01"),
    noInvalidDate: true,
  });
  const anyPeriod = fc.constantFrom(...PERIODS);
  fc.assert(
    fc.property(
      anyTime,
      anyTime,
      anyPeriod,
      fc.constantFrom(...ZONES),
      (one, other, period, zone) => {
        const calendar = calendarIn(zone);
        const [first, second] = one < other ? [one, other] : [other, one];
        expect(calendar(first, period) <= calendar(second, period)).toBe(true);
      },
    ),
  );
});
