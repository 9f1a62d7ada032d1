import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type GcPlan, type GcRules, planGc } from "../../src/index.ts";
import {
  type Attempted,
  attempted,
  attemptOf,
  chunk,
  DAY,
  HOST,
  HOUR,
  inventoryOf,
  NOW,
} from "./inventory-of.ts";
import { lockOf, planLocked } from "./plan-locked.ts";

describe("a chunk is garbage", () => {
  test("that no head names, when it is older than the longest run and a day", () => {
    const plan = planGc(inventoryOf([], [chunk(10, 1), chunk(10.1, 1)]));
    expect(names(plan)).toEqual(["10.1/1"]);
    expect(plan).toMatchObject({ freedBytes: 100, youngBytes: 100, laterBytes: 0, strike: [] });
  });

  test("that only a head without a marker names whose hold has run out", () => {
    const keeps = [[26, 1]] as const;
    const late = planGc(inventoryOf([{ days: 25, state: "deleted", keeps }], [chunk(26, 1)]));
    expect([names(late), reasons(late)]).toEqual([["26/1"], ["25 expired"]]);
    expect(late.freedBytes).toBe(1100);
    const early = planGc(inventoryOf([{ days: 23, state: "deleted", keeps }], [chunk(26, 1)]));
    expect([names(early), reasons(early)]).toEqual([[], []]);
  });

  test("and none that an archive names, however old both are", () => {
    const plan = planGc(inventoryOf([{ days: 900, keeps: [[999, 1]] }], [chunk(999, 1)]));
    expect([names(plan), reasons(plan)]).toEqual([[], []]);
  });

  test("and none that a run names which broke off before its marker", () => {
    const inventory = inventoryOf(
      [{ days: 12, state: "no marker", keeps: [[12, 1]] }],
      [chunk(12, 1)],
    );
    expect(names(planGc(inventory))).toEqual([]);
    expect(names(planLocked(inventory))).toEqual([]);
  });

  test("from the moment on that it is older, and not before", () => {
    const settled = 10 * DAY;
    const aged = (age: number): string[] =>
      names(planGc(inventoryOf([], [{ ...chunk(10, 1), modifiedMs: NOW - age }])));
    expect(aged(settled)).toEqual([]);
    expect(aged(settled + 1)).toEqual(["10/1"]);
  });

  test("with all its versions, which are counted as freed", () => {
    const hidden = { ...chunk(30, 1), hiddenBytes: 250 };
    expect(planGc(inventoryOf([], [hidden, chunk(30, 2)])).freedBytes).toBe(450);
  });

  test("whatever its suffix, by its number", () => {
    const other = chunk(30, 1);
    const twin = { ...other, name: other.name.replace(".gz", "") };
    const plan = planGc(inventoryOf([{ days: 30, keeps: [[30, 1]] }], [other, twin, chunk(30, 2)]));
    expect(names(plan)).toEqual(["30/2"]);
  });
});

describe("what a deleted archive holds", () => {
  const attempts: readonly Attempted[] = [
    {
      days: 3,
      keeps: [
        [9, 1],
        [3, 1],
      ],
    },
    {
      days: 9,
      state: "deleted",
      keeps: [
        [9, 1],
        [9, 2],
      ],
    },
    {
      days: 12,
      state: "deleted",
      keeps: [
        [9, 2],
        [12, 1],
      ],
    },
  ];
  const chunks = [chunk(9, 1), chunk(9, 2), chunk(12, 1), chunk(3, 1)];

  test("is told with the day when it may go", () => {
    const plan = planGc(inventoryOf(attempts, chunks));
    expect(names(plan)).toEqual([]);
    expect(plan).toMatchObject({ freedBytes: 0, laterBytes: 200 });
    // 9 days ago begun, 23 days of hold, a day more.
    expect(plan.laterAfter).toEqual(new Date(NOW + 15 * DAY));
  });

  test("may go no sooner than its own age lets it, however early the hold ends", () => {
    const young = { ...chunk(9, 2), modifiedMs: NOW + 30 * DAY };
    const plan = planGc(inventoryOf(attempts, [young, chunk(9, 1), chunk(12, 1), chunk(3, 1)]));
    expect(plan.laterAfter).toEqual(new Date(NOW + 40 * DAY));
  });

  test("goes at once with the host's lock, and is to be struck from the index first", () => {
    const plan = planLocked(inventoryOf(attempts, chunks));
    expect(names(plan)).toEqual(["9/2", "12/1"]);
    expect(plan.strike).toEqual(plan.chunks.map(({ name }) => name));
    expect(plan).toMatchObject({ laterBytes: 0 });
    // The other deleted head still holds a chunk that an archive shares: the index may rely on it.
    expect(reasons(plan)).toEqual(["12 released"]);
  });

  test("does not go at once where it is not in the index: a copy of an earlier one may have it", () => {
    const inventory = inventoryOf(attempts, chunks);
    const known = inventory.chunks.filter(({ attempt }) => daysOf(attempt) === 12);
    const plan = planLocked(inventory, known);
    expect(names(plan)).toEqual(["12/1"]);
    expect(plan.laterBytes).toBe(100);
    expect(names(planLocked(inventory, []))).toEqual([]);
  });

  test("keeps its head while the index names a chunk of it that lists do not show", () => {
    const left = chunks.filter(({ attempt }) => daysOf(attempt) !== 12);
    expect(reasons(planLocked(inventoryOf(attempts, left)))).toEqual(["12 released"]);
    expect(reasons(planLocked(inventoryOf(attempts, left), chunks))).toEqual([]);
  });

  test("does not go at once while another uploader's archive has a hold", () => {
    const other: Attempted = { days: 5, uploader: "server-2", keeps: [] };
    const plan = planLocked(inventoryOf([...attempts, other], chunks));
    expect(plan).toMatchObject({ chunks: [], strike: [], laterBytes: 200 });
    expect(plan.otherUploader?.attempt).toBe(attemptOf(5));
    const expired = planLocked(inventoryOf([...attempts, { ...other, days: 25 }], chunks));
    expect(names(expired)).toEqual(["9/2", "12/1"]);
  });

  test("never takes a chunk with it that is young and that no head names", () => {
    const plan = planLocked(inventoryOf(attempts, [...chunks, chunk(1, 1)]));
    expect(names(plan)).not.toContain("1/1");
    expect(plan.youngBytes).toBe(100);
  });
});

describe("records go", () => {
  test("of an attempt that broke off, when it is older than the longest run and a day", () => {
    const plan = planGc(
      inventoryOf(
        [
          { days: 11, state: "no head" },
          { days: 10, state: "no head" },
        ],
        [],
      ),
    );
    expect(reasons(plan)).toEqual(["11 broken-off"]);
  });

  test("of a head that nobody can read, when any hold would have run out", () => {
    const at = (days: number): GcPlan => {
      const { head, ...rest } = attempted({ days, state: "deleted" });
      const unreadable = {
        modifiedMs: head?.modifiedMs ?? 0,
        state: "unreadable",
        reason: "?",
      } as const;
      const inventory = inventoryOf([], [chunk(40, 1)]);
      return planGc({ ...inventory, attempts: [{ ...rest, head: unreadable }] });
    };
    expect(reasons(at(25))).toEqual(["25 expired"]);
    expect(at(24)).toMatchObject({
      chunks: [],
      refusal: { kind: "bad-head", until: new Date(NOW + HOUR) },
    });
  });

  test("of an attempt of which nothing is shown", () => {
    const hidden = { ...attempted({ days: 1, state: "no head" }), records: 0 };
    const plan = planGc({ ...inventoryOf([], []), attempts: [hidden] });
    expect(reasons(plan)).toEqual(["1 hidden"]);
  });
});

test("a head without a marker holds no longer than one of ours could", () => {
  const forged = attempted({ days: 30, state: "deleted", keeps: [[30, 1]] });
  if (forged.head?.state !== "read") throw new Error("The attempt has no head.");
  const head = { ...forged.head, head: { ...forged.head.head, holdUntil: "9999-01-01T00:00:00Z" } };
  const plan = planGc({ ...inventoryOf([], [chunk(30, 1)]), attempts: [{ ...forged, head }] });
  expect(names(plan)).toEqual(["30/1"]);
});

describe("nothing goes of a host", () => {
  test.each<[string, Attempted, object]>([
    [
      "whose marker nobody trusted has signed",
      { days: 3, trust: "bad-signature" },
      { kind: "not-verified", reason: "no trusted key has signed it" },
    ],
    ["without a trusted key", { days: 3, trust: "no-signers" }, { kind: "not-verified" }],
    ["with two markers on an archive", { days: 3, trust: "two-markers" }, { kind: "not-verified" }],
    ["with a marker whose head is lost", { days: 900, state: "head lost" }, { kind: "no-head" }],
  ])("%s", (_, about, refusal) => {
    const inventory = inventoryOf(
      [about, { days: 30, state: "deleted", keeps: [[30, 1]] }],
      [chunk(30, 1), chunk(31, 1)],
    );
    const nothing = { host: HOST, chunks: [], attempts: [], strike: [], freedBytes: 0 };
    const archive = { host: HOST, number: 7, attempt: attemptOf(about.days) };
    const refused = { ...nothing, refusal: { archive, ...refusal } };
    expect(planGc(inventory)).toMatchObject(refused);
    expect(planLocked(inventory)).toMatchObject(refused);
  });
});

describe("for any inventory", () => {
  test("nothing that an archive names is garbage, nor what is young and named by none", () => {
    fc.assert(
      fc.property(anyAttempts, anyRules, (attempts, rules) => {
        const { chunks } = planGc(inventoryOf(attempts, CHUNKS), rules);
        const kept = new Set(
          attempts
            .filter(({ state }) => state === "complete")
            .flatMap(({ keeps = [] }) => keeps.map(([days, index]) => `${days}/${index}`)),
        );
        const named = new Set(
          attempts.flatMap(({ keeps = [] }) => keeps.map(([days, index]) => `${days}/${index}`)),
        );
        for (const { attempt, index, modifiedMs } of chunks) {
          const name = `${daysOf(attempt)}/${index}`;
          expect(kept).not.toContain(name);
          expect(named.has(name) || NOW - modifiedMs > 10 * DAY).toBe(true);
        }
      }),
    );
  });

  test("without the lock, nothing goes that a head has promised to hold", () => {
    fc.assert(
      fc.property(anyAttempts, (attempts) => {
        const { chunks } = planGc(inventoryOf(attempts, CHUNKS));
        const held = new Set(
          attempts
            .filter(({ days, state }) => state !== "no head" && days <= 23)
            .flatMap(({ keeps = [] }) => keeps.map(([days, index]) => `${days}/${index}`)),
        );
        for (const { attempt, index } of chunks)
          expect(held).not.toContain(`${daysOf(attempt)}/${index}`);
      }),
    );
  });

  test("every chunk is garbage, later, young or kept, and their bytes add up", () => {
    fc.assert(
      fc.property(anyAttempts, anyRules, (attempts, rules) => {
        const plan = planGc(inventoryOf(attempts, CHUNKS), rules);
        const garbage = plan.chunks.length * 100;
        expect(garbage + plan.laterBytes + plan.youngBytes).toBeLessThanOrEqual(
          CHUNKS.length * 100,
        );
        expect(plan.freedBytes).toBe(garbage + plan.attempts.length * 1000);
        expect(plan.laterAfter === undefined).toBe(plan.laterBytes === 0);
      }),
    );
  });
});

const DAYS = [0, 1, 3, 8, 11, 20, 25, 40];
const CHUNKS = DAYS.flatMap((days) => [chunk(days, 1), chunk(days, 2), chunk(days, 4)]);

const anyAttempts: fc.Arbitrary<Attempted[]> = fc
  .array(
    fc.record({
      days: fc.constantFrom(...DAYS),
      keeps: fc.array(fc.tuple(fc.constantFrom(...DAYS), fc.integer({ min: 1, max: 5 }))),
      state: fc.constantFrom("complete", "deleted", "no marker", "no head"),
      uploader: fc.constantFrom("server-1", "server-1", "server-2"),
    }),
    { maxLength: 8 },
  )
  .map((attempts) => attempts.map((about, tail) => ({ ...about, tail })));

const anyRules: fc.Arbitrary<GcRules> = fc
  .tuple(fc.boolean(), fc.subarray(CHUNKS))
  .map(([locked, known]) => (locked ? lockOf(known) : {}));

/** Such as "9/2": how many days ago it was uploaded, and its number. */
function names({ chunks }: GcPlan): string[] {
  return chunks.map(({ attempt, index }) => `${daysOf(attempt)}/${index}`);
}

function reasons({ attempts }: GcPlan): string[] {
  return attempts.map(({ id, reason }) => `${daysOf(id.attempt)} ${reason}`);
}

function daysOf(attempt: string): number {
  const [date = "", time = ""] = attempt.split("T");
  const iso = `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}T${time.slice(0, 2)}:${time.slice(2, 4)}:${time.slice(4, 6)}Z`;
  return Math.round(((NOW - Date.parse(iso)) / DAY) * 10) / 10;
}
