import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { daysOf, secondsOf } from "../../src/command-line/read-value.ts";
import { ManagerError } from "../../src/manager-error.ts";

const UNITS = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 } as const;

const unit = fc.constantFrom("s", "m", "h", "d", "w");
const count = fc.integer({ min: 1, max: 9999 });

describe("times", () => {
  test("with a unit are so many of it, whatever the option's own unit is", () => {
    fc.assert(
      fc.property(count, unit, (many, each) => {
        const seconds = many * UNITS[each];
        expect(secondsOf("expire")(`${many}${each}`)).toBe(seconds);
        expect(daysOf("age")(`${many}${each}`)).toBe(seconds / UNITS.d);
      }),
    );
  });

  test("without one are in the option's own, as the legacy program took them", () => {
    fc.assert(
      fc.property(count, (many) => {
        expect(secondsOf("expire")(`${many}`)).toBe(many);
        expect(daysOf("age")(`${many}`)).toBe(many);
      }),
    );
  });

  test("are a number or a usage error, whatever the text", () => {
    const text = fc.oneof(fc.string(), fc.stringMatching(/^\d{0,17}(\.\d{0,7})?[a-z]?$/));
    fc.assert(
      fc.property(text, fc.constantFrom(secondsOf("x"), daysOf("x")), (written, read) => {
        const value = readOrRefuse(() => read(written));
        expect(value === undefined || (Number.isFinite(value) && value >= 0)).toBe(true);
      }),
    );
  });
});

/** Undefined if it is refused. */
function readOrRefuse(read: () => number): number | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof ManagerError && error.code === "usage") return undefined;
    throw error;
  }
}
