// What holds for any archives and any policy; examples are in plan-retention.test.ts.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type ArchiveStatus,
  type DatedArchive,
  planRetention,
  type RetentionPolicy,
} from "../../src/index.ts";

const NOW = new Date("2026-11-22T12:00:00Z");
const DAY = 86_400_000;

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
