import fc from "fast-check";
import { CHANGES, type Place } from "./changes.ts";
import { ODD_PARTS } from "./odd-parts.ts";

/** Bytes: no input is longer. */
export const LONGEST_INPUT = 65_536;

/** Every number alike: fast-check prefers small ones, and most changes would be at the beginning. */
const anyNumber = fc.noBias(fc.nat());

/** Where a change is made and how much of it; each kind takes from it what it needs. */
const place: fc.Arbitrary<Place> = fc
  .tuple(anyNumber, anyNumber, anyNumber, fc.uint8Array({ maxLength: 16 }))
  .map(([at, length, choice, bytes]) => ({ at, length, choice, bytes }));

const change = fc.tuple(fc.noBias(fc.nat({ max: CHANGES.length - 1 })), place);

/**
 * What a parser is given: random bytes, one part over and over, and the samples: as they are, and changed in one to four places
 * (bits flipped, cut, spliced, repeated, with huge numbers, odd Unicode, deep nesting and other parts that have broken parsers).
 *
 * @param samples valid inputs; at least one
 */
export function inputs(samples: readonly Uint8Array[]): fc.Arbitrary<Uint8Array> {
  const sample = fc.constantFrom(...samples);
  return fc.oneof(
    { weight: 1, arbitrary: sample },
    { weight: 3, arbitrary: fc.uint8Array({ maxLength: 600 }) },
    { weight: 1, arbitrary: pumped(samples) },
    {
      weight: 45,
      arbitrary: fc
        .tuple(sample, fc.array(change, { minLength: 1, maxLength: 4 }))
        .map(([bytes, changes]) => changed(bytes, changes, samples)),
    },
  );
}

/** A part of a sample, or an odd one, until the input is full: what takes more than linear time shows here. */
function pumped(samples: readonly Uint8Array[]): fc.Arbitrary<Uint8Array> {
  const parts = [...ODD_PARTS, ...samples];
  return fc
    .tuple(fc.constantFrom(...parts), fc.nat(), fc.nat({ max: 40 }), fc.nat({ max: LONGEST_INPUT }))
    .map(([part, at, length, total]) => {
      const from = at % Math.max(1, part.length);
      const repeated = part.subarray(from, from + 1 + length);
      return repeated.length === 0 ? part : new Uint8Array(Buffer.alloc(total, repeated));
    });
}

function changed(
  sample: Uint8Array,
  changes: readonly (readonly [number, Place])[],
  samples: readonly Uint8Array[],
): Uint8Array {
  return changes.reduce((bytes, [kind, at]) => {
    const result = CHANGES[kind]?.(bytes, at, samples) ?? bytes;
    return result.length > LONGEST_INPUT ? result.subarray(0, LONGEST_INPUT) : result;
  }, sample);
}
