import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ArchiveStatus, DatedArchive, RetentionPolicy } from "../../src/index.ts";
import { planRetention } from "../../src/index.ts";

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

describe("for any archives and policy", () => {
  test("the last complete archive of a host stays", () => {
    fc.assert(
      fc.property(anyArchives, anyPolicy, (archives, policy) => {
        const decisions = planRetention(archives, policy, NOW);
        for (const host of new Set(archives.map(({ id }) => id.host))) {
          const complete = decisions.filter(
            ({ archive: one }) => one.id.host === host && one.status === "complete",
          );
          const newest = Math.max(...complete.map(({ archive: one }) => one.started.getTime()));
          const last = complete.filter(({ archive: one }) => one.started.getTime() === newest);
          expect(last.some(({ action }) => action === "keep")).toBe(complete.length > 0);
        }
      }),
    );
  });

  test("more to keep never deletes more", () => {
    const anyMore = fc.constantFrom("age", "keep", "daily", "weekly", "monthly", "yearly");
    fc.assert(
      fc.property(anyArchives, anyPolicy, anyMore, fc.nat(9), (archives, policy, rule, more) => {
        const initial = rule === "keep" ? 1 : 0;
        const larger = { ...policy, [rule]: (policy[rule] ?? initial) + more };
        const before = deleted(archives, policy);
        for (const one of deleted(archives, larger)) expect(before).toContain(one);
      }),
    );
  });

  test("the order of the input is irrelevant", () => {
    fc.assert(
      fc.property(anyShuffled, anyPolicy, ([archives, shuffled], policy) => {
        expect(planRetention(shuffled, policy, NOW)).toEqual(planRetention(archives, policy, NOW));
      }),
    );
  });

  test("each is decided once, with a reason, and no unfinalized one goes", () => {
    fc.assert(
      fc.property(anyArchives, anyPolicy, (archives, policy) => {
        const decisions = planRetention(archives, policy, NOW);
        expect(new Set(decisions.map(({ archive: one }) => one))).toEqual(new Set(archives));
        expect(decisions).toHaveLength(archives.length);
        for (const { archive: one, action, reasons } of decisions) {
          expect(reasons).not.toEqual([]);
          expect([one.status, action]).not.toEqual(["unfinalized", "delete"]);
        }
      }),
    );
  });

  test("nothing goes that is not older than the age, whatever clocks do in between", () => {
    fc.assert(
      fc.property(anyArchives, anyPolicy, fc.nat(400), (archives, policy, age) => {
        for (const { started } of deleted(archives, { ...policy, age })) {
          expect(NOW.getTime() - started.getTime()).toBeGreaterThan(age * DAY);
        }
      }),
    );
  });
});

const anyArchive: fc.Arbitrary<DatedArchive> = fc.record({
  id: fc.record({
    host: fc.constantFrom("gandalf", "witte"),
    number: fc.nat(20),
    attempt: fc.integer({ min: 0, max: 0xff_ff_ff }).map((tail) => `attempt-${tail}`),
  }),
  status: fc.constantFrom<ArchiveStatus>("complete", "partial", "unfinalized"),
  // Whole hours, so that some are of the same time; over two years, with their changes of clocks.
  started: fc
    .integer({ min: -24, max: 18_000 })
    .map((hours) => new Date(NOW.getTime() - hours * 3_600_000)),
});

const anyArchives = fc.uniqueArray(anyArchive, {
  maxLength: 30,
  selector: ({ id }) => `${id.host} ${id.attempt}`,
});

const anyShuffled = anyArchives.chain((archives) =>
  fc.tuple(fc.constant(archives), fc.shuffledSubarray(archives, { minLength: archives.length })),
);

const anyPolicy: fc.Arbitrary<RetentionPolicy> = fc.record(
  {
    age: fc.nat(400),
    keep: fc.nat(5),
    daily: fc.nat(10),
    weekly: fc.nat(10),
    monthly: fc.nat(10),
    yearly: fc.nat(3),
    timeZone: fc.constantFrom(
      "UTC",
      "Europe/Berlin",
      "America/New_York",
      "Pacific/Apia",
      "Asia/Kathmandu",
    ),
  },
  { requiredKeys: ["yearly"] },
);

function deleted(archives: readonly DatedArchive[], policy: RetentionPolicy): DatedArchive[] {
  const decisions = planRetention(archives, policy, NOW);
  return decisions.filter(({ action }) => action === "delete").map(({ archive: one }) => one);
}

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
