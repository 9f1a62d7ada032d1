// What holds for any archives and any policy; examples are in plan-retention.test.ts.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type ArchiveFacts,
  type ArchiveStatus,
  planRetention,
  type RetentionPolicy,
} from "../../src/index.ts";

const NOW = new Date("2026-11-22T12:00:00Z");
const DAY = 86_400_000;

describe("for any archives and policy", () => {
  test("the last good archive of each uploader of a host stays", () => {
    fc.assert(
      fc.property(anyArchives, anyPolicy, (archives, policy) => {
        const gone = new Set(deleted(archives, policy));
        for (const [, group] of groupsOf(archives)) {
          const good = group.filter(isGood);
          const newest = Math.max(...good.map(({ time }) => time.getTime()));
          const last = good.filter(({ time }) => time.getTime() === newest);
          expect(last.some((one) => !gone.has(one))).toBe(good.length > 0);
        }
      }),
    );
  });

  test("what goes leaves as many newer good ones of its uploader as are to be kept", () => {
    fc.assert(
      fc.property(anyArchives, anyPolicy, (archives, policy) => {
        const gone = new Set(deleted(archives, policy));
        for (const [, group] of groupsOf(archives)) {
          for (const one of group.filter((some) => gone.has(some) && some.trust === "verified")) {
            const newer = group.filter(
              (other) => other !== one && isGood(other) && other.time >= one.time,
            );
            expect(newer.length).toBeGreaterThanOrEqual(policy.keep ?? 1);
          }
        }
      }),
    );
  });

  test("what nobody signed neither goes nor changes what becomes of a verified one, but to keep it", () => {
    fc.assert(
      fc.property(anyArchives, anyPolicy, (archives, policy) => {
        const verified = archives.filter(({ trust }) => trust === "verified");
        const without = deleted(verified, policy);
        const gone = deleted(archives, policy);
        expect(gone.filter(({ trust }) => trust === "unverified")).toEqual([]);
        for (const one of gone.filter(({ trust }) => trust === "verified"))
          expect(without).toContain(one);
      }),
    );
  });

  test("more to keep never deletes more", () => {
    const anyMore = fc.constantFrom("ageDays", "keep", "daily", "weekly", "monthly", "yearly");
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

  test("each is decided once, with a reason, and no incomplete one goes", () => {
    fc.assert(
      fc.property(anyArchives, anyPolicy, (archives, policy) => {
        const decisions = planRetention(archives, policy, NOW);
        expect(new Set(decisions.map(({ archive: one }) => one))).toEqual(new Set(archives));
        expect(decisions).toHaveLength(archives.length);
        for (const { archive: one, action, reasons } of decisions) {
          expect(reasons).not.toEqual([]);
          expect([one.status, action]).not.toEqual(["incomplete", "delete"]);
        }
      }),
    );
  });

  test("nothing goes that is not older than the age, whatever clocks do in between", () => {
    fc.assert(
      fc.property(anyArchives, anyPolicy, fc.nat(400), (archives, policy, ageDays) => {
        for (const { time } of deleted(archives, { ...policy, ageDays })) {
          expect(NOW.getTime() - time.getTime()).toBeGreaterThan(ageDays * DAY);
        }
      }),
    );
  });
});

const anyArchive: fc.Arbitrary<ArchiveFacts> = fc.record({
  id: fc.record({
    host: fc.constantFrom("gandalf", "witte"),
    number: fc.nat(20),
    attempt: fc.integer({ min: 0, max: 0xff_ff_ff }).map((tail) => `attempt-${tail}`),
  }),
  status: fc.constantFrom<ArchiveStatus>("complete", "partial", "incomplete"),
  // Whole hours, so that some are of the same time; over two years, with their changes of clocks.
  time: fc
    .integer({ min: -24, max: 18_000 })
    .map((hours) => new Date(NOW.getTime() - hours * 3_600_000)),
  uploader: fc.constantFrom("server-1", "server-1", "server-2"),
  trust: fc.constantFrom("verified", "verified", "verified", "legacy", "unverified"),
  damaged: fc.integer({ max: 9, min: 0 }).map((dice) => dice === 0),
  ambiguous: fc.integer({ max: 49, min: 0 }).map((dice) => dice === 0),
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
    ageDays: fc.nat(400),
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

function deleted(archives: readonly ArchiveFacts[], policy: RetentionPolicy): ArchiveFacts[] {
  const decisions = planRetention(archives, policy, NOW);
  return decisions.filter(({ action }) => action === "delete").map(({ archive: one }) => one);
}

function isGood({ status, trust, damaged, ambiguous }: ArchiveFacts): boolean {
  return status === "complete" && trust === "verified" && !damaged && !ambiguous;
}

/** Those that are decided together, legacy ones left out. */
function groupsOf(archives: readonly ArchiveFacts[]): Map<string, ArchiveFacts[]> {
  const groups = new Map<string, ArchiveFacts[]>();
  for (const archive of archives) {
    if (archive.trust !== "verified") continue;
    const name = `${archive.id.host} ${archive.uploader}`;
    groups.set(name, [...(groups.get(name) ?? []), archive]);
  }
  return groups;
}
