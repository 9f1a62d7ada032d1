import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { lockOfChunk, needsExtension } from "../../src/reuse/chunk-locks.ts";
import { decideReuse, protectionOf } from "../../src/reuse/decide-reuse.ts";
import { isDue } from "../../src/reuse/is-due.ts";
import { storeTime } from "../../src/reuse/store-time.ts";
import { whyTooLate } from "../../src/reuse/why-too-late.ts";
import { chunk } from "../index/header.ts";

const DAY = 86_400_000;
const NOW = 1_800_000_000_000;
const started = new Date(NOW);

describe("decideReuse", () => {
  test.each([
    ["held for as long as a run may take", { holdUntil: NOW + 9 * DAY }, "reuse"],
    ["held for less", { holdUntil: NOW + 9 * DAY - 1 }, "unprotected"],
    ["of an interrupted run of yesterday", { stored: NOW - 2 * DAY + 1 }, "reuse"],
    ["of an interrupted run before that", { stored: NOW - 2 * DAY }, "unprotected"],
  ])("of a chunk that is %s", (_, changes, decision) => {
    expect(decideReuse(chunk(1, changes), { started })).toBe(decision);
  });

  test("has a chunk uploaded anew once it has been trusted for long enough", () => {
    const old = chunk(1, { stored: NOW - 200 * DAY, holdUntil: NOW + 20 * DAY });
    expect(decideReuse(old, { started })).toBe("reuse");
    expect(decideReuse(old, { started, refreshAfterMs: 180 * DAY })).toBe("due");
  });
});

test("A store that has not given its time is not replaced by this machine's clock", () => {
  const now = new Date(NOW);
  expect(storeTime({ now: () => now })).toBe(now);
  expect(() => storeTime({ now: () => undefined })).toThrow(
    expect.objectContaining({ code: "no-clock" }),
  );
});

describe("isDue", () => {
  const digest = fc.string({
    minLength: 64,
    maxLength: 64,
    unit: fc.constantFrom(..."0123456789abcdef".split("")),
  });

  test("comes for each chunk within one period of its upload, and never twice in one", () => {
    fc.assert(
      fc.property(
        digest,
        fc.nat(1000 * DAY),
        fc.integer({ min: DAY, max: 400 * DAY }),
        (one, stored, period) => {
          expect(isDue({ digest: one, stored }, stored, period)).toBe(false);
          expect(isDue({ digest: one, stored }, stored + period, period)).toBe(true);
        },
      ),
    );
  });

  test("spreads what was stored in one night evenly over the nights", () => {
    const chunks = Array.from({ length: 18_000 }, (_, index) => ({
      digest: ((BigInt(index) * 0x9e3779b97f4a7c15n) % 2n ** 64n).toString(16).padStart(16, "0"),
      stored: NOW,
    }));
    for (let night = 0; night < 180; night += 20) {
      const dueBy = (time: number): number =>
        chunks.filter((one) => isDue(one, time, 180 * DAY)).length;
      const due = dueBy(NOW + (night + 1) * DAY) - dueBy(NOW + night * DAY);
      expect(due).toBeGreaterThan(80);
      expect(due).toBeLessThan(120);
    }
  });
});

describe("whyTooLate", () => {
  const held = protectionOf(chunk(1, { holdUntil: NOW + 5 * DAY }));
  const fresh = protectionOf(chunk(2, { stored: NOW - DAY }));

  test("says nothing while all is held", () => {
    expect(whyTooLate({ started, now: new Date(NOW + DAY) }, [held, fresh])).toBeUndefined();
  });

  test("ends a run that has taken longer than it may, whatever it reused", () => {
    expect(whyTooLate({ started, now: new Date(NOW + 9 * DAY) }, [])).toBeUndefined();
    expect(whyTooLate({ started, now: new Date(NOW + 9.5 * DAY) }, [])).toBe(
      "it has taken 9.5 days, and may take 9.0 days",
    );
  });

  test.each([
    ["a hold", held, 5],
    ["the age of a chunk that no archive names yet", fresh, 8],
  ])("ends a run when %s runs out", (_, protection, days) => {
    const before = { started, now: new Date(NOW + days * DAY - 1) };
    expect(whyTooLate(before, [protection])).toBeUndefined();
    expect(whyTooLate({ started, now: new Date(NOW + days * DAY) }, [protection])).toBe(
      "it reused chunks that are no longer held for it",
    );
  });
});

describe("Locks", () => {
  test("are made thirty days longer than promised, and extended when less than promised is left", () => {
    const locks = { days: 90 };
    const lockUntil = lockOfChunk(locks, started).getTime();
    expect(lockUntil).toBe(NOW + 120 * DAY);
    const at = (days: number): Date => new Date(NOW + days * DAY);
    expect(needsExtension({ lockUntil }, locks, at(30))).toBe(false);
    expect(needsExtension({ lockUntil }, locks, at(30.01))).toBe(true);
    expect(needsExtension({}, locks, started)).toBe(true);
  });
});
