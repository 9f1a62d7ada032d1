import fc from "fast-check";
import { expect, test } from "vitest";
import { Gear } from "../../src/cuts/gear.ts";
import { cutKeys } from "../../src/cuts/keys.ts";
import { KEY } from "../cut.ts";
import { noise } from "../trees.ts";

const { gear: TABLE } = cutKeys(KEY);
const BYTES = noise(100_000, 1);

/** Where the hash cuts, in stretches of these lengths. */
function cutsOf(lengths: readonly number[], mean: number): number[] {
  const gear = new Gear(TABLE, mean);
  const cuts: number[] = [];
  let at = 0;
  for (let turn = 0; at < BYTES.length; turn++) {
    const to = Math.min(BYTES.length, at + (lengths[turn % lengths.length] ?? 1));
    const cut = gear.find(BYTES, at, to);
    if (cut >= 0) {
      cuts.push(cut);
      gear.restart();
    }
    at = cut < 0 ? to : cut;
  }
  return cuts;
}

test("A stretch is cut in the same places however it is read", () => {
  const whole = cutsOf([BYTES.length], 500);
  expect(whole.length).toBeGreaterThan(100);
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 3000 }), { minLength: 1 }), (lengths) => {
      expect(cutsOf(lengths, 500)).toEqual(whole);
    }),
  );
});

test("Cuts are a mean apart, whether it is a power of two or not", () => {
  for (const mean of [300, 512, 777]) {
    const average = BYTES.length / cutsOf([BYTES.length], mean).length;
    expect(average).toBeGreaterThan(mean * 0.85);
    expect(average).toBeLessThan(mean * 1.15);
  }
});

test("A cut depends on the 32 bytes before it alone", () => {
  const cuts = cutsOf([BYTES.length], 1000);
  const far = cuts.filter((cut, index) => cut - (cuts[index - 1] ?? 0) >= 32);
  for (const cut of far) {
    const gear = new Gear(TABLE, 1000);
    gear.pass(BYTES, cut - 32, cut - 1);
    expect(gear.find(BYTES, cut - 1, cut)).toBe(cut);
  }
});

test("A hash at the limit is no cut, wherever in a turn of the loop it is", () => {
  // All hashes are 0, which is the limit for a mean of 2.
  const gear = new Gear(new DataView(new ArrayBuffer(1024)), 2);
  expect(gear.find(BYTES, 0, 100)).toBe(-1);
});
