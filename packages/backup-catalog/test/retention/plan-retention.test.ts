import { describe, expect, test } from "vitest";
import {
  type ArchiveStatus,
  type DatedArchive,
  planRetention,
  type RetentionPolicy,
} from "../../src/index.ts";

const NOW = new Date("2026-11-22T12:00:00Z");
const DAY = 86_400_000;

describe("age and keep", () => {
  test("an archive goes when it is older than age and keep newer complete ones remain", () => {
    expect(
      plan([archive(60), archive(40), archive(31), archive(30), archive(1)], { age: 30 }),
    ).toEqual([
      "keep 1: last, young, newest",
      "keep 30: young",
      "delete 31: expired",
      "delete 40: expired",
      "delete 60: expired",
    ]);
  });

  test("keep counts the newest complete ones, however old", () => {
    expect(plan([archive(60), archive(50), archive(40)], { age: 30, keep: 2 })).toEqual([
      "keep 40: last, newest",
      "keep 50: newest",
      "delete 60: expired",
    ]);
  });

  test("each host has its own", () => {
    const decisions = planRetention(
      [archive(40, { host: "web" }), archive(50, { host: "gandalf" })],
      { age: 30 },
      NOW,
    );
    expect(decisions.map(({ archive: { id }, action }) => `${id.host} ${action}`)).toEqual([
      "gandalf keep",
      "web keep",
    ]);
  });

  test("the last complete one stays even if none is to be kept", () => {
    expect(plan([archive(50), archive(40)], { age: 0, keep: 0 })).toEqual([
      "keep 40: last",
      "delete 50: expired",
    ]);
  });

  test("partial and unfinalized ones don't count as kept", () => {
    const archives = [archive(31, { status: "partial" }), archive(32, { status: "unfinalized" })];
    expect(plan([...archives, archive(60), archive(70)], { age: 30 })).toEqual([
      "keep 31: newest",
      "keep 32: unfinalized",
      "keep 60: last, newest",
      "delete 70: expired",
    ]);
  });

  test("a partial one goes when newer complete ones remain", () => {
    expect(plan([archive(40, { status: "partial" }), archive(1)], { age: 30 })).toEqual([
      "keep 1: last, young, newest",
      "delete 40: expired",
    ]);
  });

  test("where nothing is complete, the newest partial one stays", () => {
    const status = "partial";
    expect(plan([archive(50, { status }), archive(40, { status })], { age: 30, keep: 0 })).toEqual([
      "keep 40: last",
      "delete 50: expired",
    ]);
  });

  test("numbers say nothing of time", () => {
    const decisions = planRetention(
      [archive(40, { number: 900 }), archive(1, { number: 2 })],
      { age: 30 },
      NOW,
    );
    expect(decisions.map(({ archive: { id }, action }) => `${id.number} ${action}`)).toEqual([
      "2 keep",
      "900 delete",
    ]);
  });

  test("what goes says how old it is, and how many newer complete ones there are", () => {
    const [, expired] = planRetention([archive(40), archive(1)], { age: 30 }, NOW);
    expect(expired?.reasons).toEqual([{ kind: "expired", days: 40, newer: 1 }]);
  });
});

describe("calendar rules", () => {
  test("keep the newest complete one of each of the last days, weeks, months and years that have one", () => {
    const ages = [0.1, 0.2, 1, 8, 30, 60, 400];
    const policy = { daily: 2, weekly: 2, monthly: 2, yearly: 2 };
    expect(
      plan(
        ages.map((age) => archive(age)),
        policy,
      ),
    ).toEqual([
      "keep 0.1: last, daily, weekly, monthly, yearly, newest",
      "delete 0.2: expired",
      "keep 1: daily",
      "keep 8: weekly",
      "keep 30: monthly",
      "delete 60: expired",
      "keep 400: yearly",
    ]);
  });

  test("say which day it is, where it is", () => {
    const late = { ...archive(1), started: new Date("2026-11-21T23:30:00Z") };
    const day = (timeZone: string): unknown =>
      planRetention([late], { daily: 1, timeZone }, NOW)[0]?.reasons[1];
    expect(day("UTC")).toEqual({ kind: "daily", period: "2026-11-21" });
    expect(day("Europe/Berlin")).toEqual({ kind: "daily", period: "2026-11-22" });
    expect(day("America/New_York")).toEqual({ kind: "daily", period: "2026-11-21" });
  });

  test("add to an age", () => {
    expect(plan([archive(1), archive(40), archive(41)], { age: 30, daily: 2 })).toEqual([
      "keep 1: last, daily, young, newest",
      "keep 40: daily",
      "delete 41: expired",
    ]);
  });
});

describe("a policy is refused", () => {
  test.each<[RetentionPolicy, string]>([
    [{}, "neither an age nor a calendar rule is given"],
    [{ keep: 3 }, "neither an age nor a calendar rule is given"],
    [{ age: -1 }, "`age` is not a number of days of 0 or more: -1"],
    [{ age: Number.NaN }, "`age` is not a number of days of 0 or more: NaN"],
    [{ age: 30, keep: 1.5 }, "`keep` is not a whole number of 0 or more: 1.5"],
    [{ weekly: -2 }, "`weekly` is not a whole number of 0 or more: -2"],
    [{ daily: 7, timeZone: "Mars/Olympus" }, "Mars/Olympus is no time zone"],
  ])("%j", (policy, message) => {
    expect(() => planRetention([archive(1)], policy, NOW)).toThrow(message);
  });
});

test("a clock in the past is refused", () => {
  const archives = [archive(40), archive(-1.01)];
  expect(() => planRetention(archives, { age: 30 }, NOW)).toThrow(
    "gandalf 7 is dated 2026-11-23T12:14:24.000Z, after now: 2026-11-22T12:00:00.000Z.",
  );
  expect(plan([archive(-1), archive(40)], { age: 30 })).toHaveLength(2);
});

/** Such as "keep 40: last, newest": what, how many days old, why. */
function plan(archives: readonly DatedArchive[], policy: RetentionPolicy): string[] {
  return planRetention(archives, policy, NOW).map(({ archive: { started }, action, reasons }) => {
    const days = Math.round(((NOW.getTime() - started.getTime()) / DAY) * 10) / 10;
    return `${action} ${days}: ${reasons.map(({ kind }) => kind).join(", ")}`;
  });
}

function archive(
  days: number,
  { host = "gandalf", number = 7, status = "complete" }: ArchiveOptions = {},
): DatedArchive {
  const started = new Date(NOW.getTime() - days * DAY);
  return { id: { host, number, attempt: `attempt-${days}` }, status, started };
}

interface ArchiveOptions {
  readonly host?: string;
  readonly number?: number;
  readonly status?: ArchiveStatus;
}
