import { describe, expect, test } from "vitest";
import { type ArchiveFacts, planRetention, type RetentionPolicy } from "../../src/index.ts";
import { archive, DAY, NOW } from "./facts-of.ts";

describe("age and keep", () => {
  test("an archive goes when it is older than age and keep newer complete ones remain", () => {
    expect(
      plan([archive(60), archive(40), archive(31), archive(30), archive(1)], { ageDays: 30 }),
    ).toEqual([
      "keep 1: last, young, newest",
      "keep 30: young",
      "delete 31: expired",
      "delete 40: expired",
      "delete 60: expired",
    ]);
  });

  test("keep counts the newest complete ones, however old", () => {
    expect(plan([archive(60), archive(50), archive(40)], { ageDays: 30, keep: 2 })).toEqual([
      "keep 40: last, newest",
      "keep 50: newest",
      "delete 60: expired",
    ]);
  });

  test("each host has its own", () => {
    const decisions = planRetention(
      [archive(40, { host: "web" }), archive(50, { host: "gandalf" })],
      { ageDays: 30 },
      NOW,
    );
    expect(decisions.map(({ archive: { id }, action }) => `${id.host} ${action}`)).toEqual([
      "gandalf keep",
      "web keep",
    ]);
  });

  test("the last complete one stays even if none is to be kept", () => {
    expect(plan([archive(50), archive(40)], { ageDays: 0, keep: 0 })).toEqual([
      "keep 40: last",
      "delete 50: expired",
    ]);
  });

  test("partial and incomplete ones don't count as kept", () => {
    const archives = [archive(31, { status: "partial" }), archive(32, { status: "incomplete" })];
    expect(plan([...archives, archive(60), archive(70)], { ageDays: 30 })).toEqual([
      "keep 31: newest",
      "keep 32: incomplete",
      "keep 60: last, newest",
      "delete 70: expired",
    ]);
  });

  test("a partial one goes when newer complete ones remain", () => {
    expect(plan([archive(40, { status: "partial" }), archive(1)], { ageDays: 30 })).toEqual([
      "keep 1: last, young, newest",
      "delete 40: expired",
    ]);
  });

  test("where nothing is complete, the newest partial one stays", () => {
    const status = "partial";
    expect(
      plan([archive(50, { status }), archive(40, { status })], { ageDays: 30, keep: 0 }),
    ).toEqual(["keep 40: last", "delete 50: expired"]);
  });

  test("numbers say nothing of time", () => {
    const decisions = planRetention(
      [archive(40, { number: 900 }), archive(1, { number: 2 })],
      { ageDays: 30 },
      NOW,
    );
    expect(decisions.map(({ archive: { id }, action }) => `${id.number} ${action}`)).toEqual([
      "2 keep",
      "900 delete",
    ]);
  });

  test("what goes says how old it is, and how many newer complete ones there are", () => {
    const [, expired] = planRetention([archive(40), archive(1)], { ageDays: 30 }, NOW);
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
    const late = { ...archive(1), time: new Date("2026-11-21T23:30:00Z") };
    const day = (timeZone: string): unknown =>
      planRetention([late], { daily: 1, timeZone }, NOW)[0]?.reasons[1];
    expect(day("UTC")).toEqual({ kind: "daily", period: "2026-11-21" });
    expect(day("Europe/Berlin")).toEqual({ kind: "daily", period: "2026-11-22" });
    expect(day("America/New_York")).toEqual({ kind: "daily", period: "2026-11-21" });
  });

  test("add to an age", () => {
    expect(plan([archive(1), archive(40), archive(41)], { ageDays: 30, daily: 2 })).toEqual([
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
    [{ ageDays: -1 }, "`ageDays` is not a number of days of 0 or more: -1"],
    [{ ageDays: Number.NaN }, "`ageDays` is not a number of days of 0 or more: NaN"],
    [{ ageDays: 30, keep: 1.5 }, "`keep` is not a whole number of 0 or more: 1.5"],
    [{ weekly: -2 }, "`weekly` is not a whole number of 0 or more: -2"],
    [{ daily: 7, timeZone: "Mars/Olympus" }, "Mars/Olympus is no time zone"],
  ])("%j", (policy, message) => {
    expect(() => planRetention([archive(1)], policy, NOW)).toThrow(message);
  });
});

describe("only good archives count", () => {
  test("a damaged one makes no other go, and goes itself when it is old", () => {
    const damaged = true;
    expect(plan([archive(1, { damaged }), archive(40), archive(50)], { ageDays: 30 })).toEqual([
      "keep 1: young, newest",
      "keep 40: last, newest",
      "delete 50: expired",
    ]);
    expect(plan([archive(1), archive(40, { damaged })], { ageDays: 30 })).toEqual([
      "keep 1: last, young, newest",
      "delete 40: expired",
    ]);
  });

  test("where all are damaged, nothing goes for being old", () => {
    const damaged = true;
    expect(plan([archive(40, { damaged }), archive(50, { damaged })], { ageDays: 30 })).toEqual([
      "keep 40: last, newest",
      "keep 50: newest",
    ]);
  });

  test.each<[string, ArchiveFacts[], string]>([
    [
      "an undamaged partial one, before a damaged complete one",
      [archive(40, { damaged: true }), archive(50, { status: "partial" })],
      "50",
    ],
    [
      "a damaged complete one, before a damaged partial one",
      [archive(40, { damaged: true, status: "partial" }), archive(50, { damaged: true })],
      "50",
    ],
    [
      "the newest, where all are damaged and partial",
      [40, 50].map((days) => archive(days, { damaged: true, status: "partial" })),
      "40",
    ],
  ])("where none is good, the last to stay is %s", (_, archives, days) => {
    const kept = plan(archives, { ageDays: 0, keep: 0 }).filter((line) => line.startsWith("keep"));
    expect(kept).toEqual([`keep ${days}: last`]);
  });

  test("without an age none is kept for being young", () => {
    const [first] = plan([archive(0), archive(1)], { daily: 1, keep: 1 });
    expect(first).toMatch(/^keep 0: last, /);
    expect(first).not.toContain("young");
  });

  test("an unverified one of the same time stops a deletion, and an older one does not", () => {
    const decide = (days: number): string | undefined => {
      const { uploader: _, ...facts } = archive(days, { trust: "unverified" });
      const unverified = { ...facts, id: { ...facts.id, number: 8 } };
      return plan([archive(1), archive(40), unverified], { ageDays: 30 }).find((line) =>
        /^\w+ 40: expired/.test(line),
      );
    };
    expect(decide(41)).toBe("delete 40: expired");
    expect(decide(40)).toBeUndefined();
  });

  test("a damaged one takes no place in the calendar", () => {
    expect(plan([archive(40, { damaged: true }), archive(40.2)], { daily: 1, keep: 0 })).toEqual([
      "delete 40: expired",
      "keep 40.2: last, daily",
    ]);
  });

  test("an unverified one stays, and counts for nothing", () => {
    const trust = "unverified";
    expect(
      plan([archive(40), archive(50, { trust }), archive(60, { trust })], { ageDays: 30 }),
    ).toEqual(["keep 40: last, newest", "keep 50: unverified", "keep 60: unverified"]);
  });

  test("those of another uploader are decided apart", () => {
    const uploader = "server-2";
    const archives = [archive(1), archive(40), archive(2, { uploader }), archive(41, { uploader })];
    expect(plan(archives, { ageDays: 30, keep: 2 })).toEqual([
      "keep 1: last, young, newest",
      "keep 2: last, young, newest",
      "keep 40: newest",
      "keep 41: newest",
    ]);
    expect(plan([archive(40), archive(1, { uploader })], { ageDays: 30 })).toEqual([
      "keep 1: last, young, newest",
      "keep 40: last, newest",
    ]);
  });
});

describe("legacy archives", () => {
  const trust = "legacy";

  test("are decided among themselves where there are no others", () => {
    expect(plan([archive(40, { trust }), archive(50, { trust })], { ageDays: 30 })).toEqual([
      "keep 40: last, newest",
      "delete 50: expired",
    ]);
  });

  test("go for verified ones, which never go for them", () => {
    expect(plan([archive(1), archive(40, { trust })], { ageDays: 30 })).toEqual([
      "keep 1: last, young, newest",
      "delete 40: expired",
    ]);
    expect(plan([archive(1, { trust }), archive(40)], { ageDays: 30 })).toEqual([
      "keep 1: last, young, newest",
      "keep 40: last, newest",
    ]);
  });

  test("are decided by none of two uploaders", () => {
    const others = [archive(1), archive(2, { uploader: "server-2" })];
    expect(plan([...others, archive(40, { trust })], { ageDays: 30 }).at(-1)).toBe(
      "keep 40: last, newest",
    );
  });
});

describe("nothing is deleted of a host", () => {
  const doomed = [archive(1), archive(40)];
  const elsewhere = [archive(1, { host: "other" }), archive(40, { host: "other" })];
  const trust = "unverified";

  test.each<[string, ArchiveFacts, string]>([
    ["with an archive from the future", archive(-1.01), "future"],
    [
      "with an archive that has two markers",
      archive(20, { trust, ambiguous: true }),
      "two-markers",
    ],
    [
      "with an unverified one that is newer than what would go",
      archive(39, { trust }),
      "unverified",
    ],
  ])("%s, and of other hosts it is", (_, stopping, cause) => {
    const decisions = planRetention([...doomed, stopping, ...elsewhere], { ageDays: 30 }, NOW);
    const gone = decisions.filter(({ action }) => action === "delete");
    expect(gone.map(({ archive: { id } }) => id.host)).toEqual(["other"]);
    const stopped = decisions.find(({ archive: one }) => one === doomed[1]);
    expect(stopped?.reasons).toEqual([{ kind: "stopped", cause, by: stopping.id }]);
  });

  test.each<[string, ArchiveFacts]>([
    ["an archive of tomorrow, since clocks differ", archive(-1)],
    ["an incomplete one, whatever its date", archive(-99, { status: "incomplete", trust })],
    ["an unverified one that is older than what goes", archive(41, { trust })],
  ])("but not for %s", (_, other) => {
    const decisions = planRetention([...doomed, archive(2), other], { ageDays: 30 }, NOW);
    expect(decisions.filter(({ action }) => action === "delete")).toHaveLength(1);
  });
});

/** Such as "keep 40: last, newest": what, how many days old, why. */
function plan(archives: readonly ArchiveFacts[], policy: RetentionPolicy): string[] {
  return planRetention(archives, policy, NOW).map(({ archive: { time }, action, reasons }) => {
    const days = Math.round(((NOW.getTime() - time.getTime()) / DAY) * 10) / 10;
    return `${action} ${days}: ${reasons.map(({ kind }) => kind).join(", ")}`;
  });
}
