import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { BackedUpHost } from "../../src/backuppc/read-hosts.ts";
import { type KnownArchive, planRun, type RunPolicy } from "../../src/run-command/plan-run.ts";

const NOW = new Date("2026-11-22T01:00:00Z");
const DAILY: RunPolicy = { every: 86_400, backupType: "any" };
const A_DAY = 86_400_000;

function daysAgo(days: number): Date {
  return new Date(NOW.getTime() - days * A_DAY);
}

function host(name: string, ...backups: (readonly [number, string, number])[]): BackedUpHost {
  const all = backups.map(([number, type, days]) => ({ number, type, started: daysAgo(days) }));
  return { name, backups: all };
}

function known(name: string, number: number, days: number, backup?: number): KnownArchive {
  const backupStarted = backup === undefined ? undefined : daysAgo(backup);
  return { host: name, number, backupStarted, started: daysAgo(days), isComplete: true };
}

function decided(
  hosts: readonly BackedUpHost[],
  archives: readonly KnownArchive[] = [],
  policy = DAILY,
): string[] {
  return planRun(hosts, archives, policy, NOW).map((decision) => {
    const number = decision.backup === undefined ? "-" : decision.backup.number;
    return `${decision.host} ${number} ${decision.action === "skip" ? decision.reason : "archive"}`;
  });
}

describe("Which backup", () => {
  const some = [host("a", [1, "full", 5], [2, "incr", 3], [3, "partial", 1], [4, "active", 0])];

  test("is the newest, full or incremental, and none that broke off", () => {
    expect(decided(some)).toEqual(["a 2 archive"]);
  });

  test("is the newest full one where that is asked for", () => {
    expect(decided(some, [], { ...DAILY, backupType: "full" })).toEqual(["a 1 archive"]);
  });

  test("is the last one of BackupPC's, also after one that was made while its clock was years ahead", () => {
    const backups = [host("a", [1, "full", -900], [2, "incr", 1])];
    expect(decided(backups)).toEqual(["a 2 archive"]);
    expect(decided(backups, [known("a", 1, 2, -900)])).toEqual(["a 2 archive"]);
  });

  test("is none where there is none", () => {
    expect(decided([host("a"), host("b", [1, "partial", 1])])).toEqual([
      "a - no-backup",
      "b - no-backup",
    ]);
  });
});

describe("A host is skipped", () => {
  test("where its backup is archived, however long ago", () => {
    expect(decided([host("a", [7, "full", 9])], [known("a", 7, 8, 9)])).toEqual(["a 7 archived"]);
  });

  test("but not for an archive of another backup with that number", () => {
    expect(decided([host("a", [7, "full", 9])], [known("a", 7, 300, 301)])).toEqual([
      "a 7 archive",
    ]);
  });

  test("by the archive's own time where BackupPC's record could not be read", () => {
    const backups = [host("a", [7, "full", 9])];
    expect(decided(backups, [known("a", 7, 8)])).toEqual(["a 7 archived"]);
    expect(decided(backups, [known("a", 7, 10)])).toEqual(["a 7 archive"]);
  });

  test("where it has had its turn, give or take half a day", () => {
    const backups = [host("a", [8, "incr", 0])];
    expect(decided(backups, [known("a", 7, 0.4, 1)])).toEqual(["a 8 not-due"]);
    // Last night it came last, tonight first.
    expect(decided(backups, [known("a", 7, 0.8, 1)])).toEqual(["a 8 archive"]);
    const weekly = { ...DAILY, every: 7 * 86_400 };
    expect(decided(backups, [known("a", 7, 6.4, 7)], weekly)).toEqual(["a 8 not-due"]);
    expect(decided(backups, [known("a", 7, 6.6, 7)], weekly)).toEqual(["a 8 archive"]);
  });
});

test("An archive that is dated in the future neither puts the next one off nor makes its host the last in turn", () => {
  const hosts = [host("ahead", [8, "incr", 0]), host("well", [8, "incr", 0])];
  const archives = [known("ahead", 7, -900, 1), known("ahead", 6, 3, 4), known("well", 7, 2, 3)];
  expect(decided(hosts, archives)).toEqual(["ahead 8 archive", "well 8 archive"]);
  expect(decided([host("ahead", [7, "incr", 1])], archives)).toEqual(["ahead 7 archived"]);
});

test("Who was never archived is first, then whose newest complete archive is the oldest", () => {
  const hosts = ["rich", "new", "poor", "partial"].map((name) => host(name, [9, "full", 0]));
  const partial = { ...known("partial", 8, 1, 1), isComplete: false };
  const archives = [
    known("rich", 1, 2, 3),
    known("poor", 1, 20, 21),
    known("rich", 2, 1, 2),
    partial,
  ];
  expect(decided(hosts, archives)).toEqual([
    "new 9 archive",
    "partial 9 archive",
    "poor 9 archive",
    "rich 9 archive",
  ]);
});

const names = ["a", "b", "c", "d"];
const anyHosts = fc.tuple(
  ...names.map((name) =>
    fc
      .array(
        fc.tuple(
          fc.nat({ max: 9 }),
          fc.constantFrom("full", "incr", "partial", "active"),
          fc.integer({ min: 0, max: 30 }),
        ),
        { maxLength: 5 },
      )
      .map((backups) => host(name, ...backups)),
  ),
);
const anyArchives = fc.array(
  fc
    .tuple(
      fc.constantFrom(...names, "gone"),
      fc.nat({ max: 9 }),
      fc.integer({ min: 0, max: 30 }),
      fc.option(fc.integer({ min: 0, max: 30 }), { nil: undefined }),
      fc.boolean(),
    )
    .map(([name, number, days, backup, isComplete]) => ({
      ...known(name, number, days, backup),
      isComplete,
    })),
  { maxLength: 12 },
);
const anyPolicy = fc.record({
  every: fc.integer({ min: 60, max: 30 * 86_400 }),
  backupType: fc.constantFrom("any" as const, "full" as const),
});

describe("Whatever there is", () => {
  test("each host is decided once, and neither order nor other hosts' archives change that", () => {
    fc.assert(
      fc.property(anyHosts, anyArchives, anyPolicy, (hosts, archives, policy) => {
        const plan = planRun(hosts, archives, policy, NOW);
        expect(plan.map(({ host: name }) => name).toSorted()).toEqual(names);
        expect(planRun(hosts.toReversed(), archives.toReversed(), policy, NOW)).toEqual(plan);
        for (const one of hosts) {
          const own = archives.filter(({ host: name }) => name === one.name);
          const [alone] = planRun([one], own, policy, NOW);
          expect(alone).toEqual(plan.find(({ host: name }) => name === one.name));
        }
      }),
    );
  });

  test("what was archived is skipped the next time, and the night after as long as there is no newer backup", () => {
    fc.assert(
      fc.property(anyHosts, anyArchives, anyPolicy, (hosts, archives, policy) => {
        const done = planRun(hosts, archives, policy, NOW).flatMap((decision) =>
          decision.action === "skip"
            ? []
            : {
                host: decision.host,
                number: decision.backup.number,
                backupStarted: decision.backup.started,
                started: NOW,
                isComplete: true,
              },
        );
        for (const later of [NOW, new Date(NOW.getTime() + 40 * A_DAY)]) {
          const again = planRun(hosts, [...archives, ...done], policy, later);
          for (const { host: name } of done)
            expect(again.find((decision) => decision.host === name)).toMatchObject({
              action: "skip",
            });
        }
      }),
    );
  });
});

test("Night after night each host is archived, however long the others before it take", () => {
  const HOUR = 3_600_000;
  const durations = fc.array(fc.integer({ min: 1, max: 3 * HOUR }), { minLength: 4, maxLength: 4 });
  fc.assert(
    fc.property(fc.array(durations, { minLength: 21, maxLength: 21 }), (nights) => {
      const archives: KnownArchive[] = [];
      for (const [night, took] of nights.entries()) {
        const begin = NOW.getTime() + night * A_DAY;
        const backup = { number: night, type: "incr", started: new Date(begin - 4 * HOUR) };
        // The third host is new in the second week.
        const hosts = names.filter((name) => name !== "c" || night >= 7);
        const backedUp = hosts.map((name) => ({ name, backups: [backup] }));
        const plan = planRun(backedUp, archives, DAILY, new Date(begin));
        expect(plan.map(({ host: name, action }) => `${name} ${action}`).toSorted()).toEqual(
          hosts.map((name) => `${name} archive`),
        );
        expect(night !== 7 || plan[0]?.host === "c").toBe(true);
        let time = begin;
        for (const { host: name } of plan) {
          const about = { host: name, number: night, backupStarted: backup.started };
          // The fourth is broken in the third week: it is asked for each night all the same.
          if (name !== "d" || night < 14)
            archives.push({ ...about, started: new Date(time), isComplete: true });
          time += took[names.indexOf(name)] ?? 0;
        }
      }
    }),
    { numRuns: 50 },
  );
});
