import { HUGE_NUMBERS, ODD_PARTS, ODD_VALUES } from "./odd-parts.ts";

/** Random numbers for one change. */
export interface Place {
  readonly at: number;
  readonly length: number;
  readonly choice: number;
  readonly bytes: Uint8Array;
}

/** Changes an input in one place. */
type Change = (bytes: Uint8Array, place: Place, samples: readonly Uint8Array[]) => Uint8Array;

/** Every kind of change. */
export const CHANGES: readonly Change[] = [
  flipBit,
  flipBit,
  (bytes, { at }) => bytes.subarray(0, within(bytes, at)),
  (bytes, { at }) => bytes.subarray(within(bytes, at)),
  (bytes, { at, length }) => replaced(bytes, at, length % 40, []),
  (bytes, { at, length, bytes: other }) => replaced(bytes, at, length % 17, other),
  (bytes, { at, choice }) => replaced(bytes, at, 0, chosen(ODD_PARTS, choice)),
  (bytes, { at, length, choice }) => replaced(bytes, at, length % 9, chosen(ODD_PARTS, choice)),
  splice,
  repeat,
  (bytes, place) => swapMatch(bytes, place, /\d+/g, HUGE_NUMBERS),
  (bytes, place) => swapMatch(bytes, place, /\d+/g, HUGE_NUMBERS),
  (bytes, place) => swapMatch(bytes, place, /"[^"]*"|'[^']*'|\d+|null|true|false/g, ODD_VALUES),
  swapLines,
];

function flipBit(bytes: Uint8Array, { at, choice }: Place): Uint8Array {
  // A copy: `slice` of a Buffer is none.
  const result = Uint8Array.from(bytes);
  const place = within(bytes, at);
  result[place] = (result[place] ?? 0) ^ (1 << (choice % 8));
  return result.subarray(0, bytes.length);
}

/** The front of it with the back of another one. */
function splice(
  bytes: Uint8Array,
  { at, length, choice }: Place,
  samples: readonly Uint8Array[],
): Uint8Array {
  const other = chosen(samples, choice);
  return Buffer.concat([
    bytes.subarray(0, within(bytes, at)),
    other.subarray(within(other, length)),
  ]);
}

/** A part of it several times. */
function repeat(bytes: Uint8Array, { at, length, choice }: Place): Uint8Array {
  const from = within(bytes, at);
  const part = bytes.subarray(from, from + 1 + (length % 200));
  return replaced(bytes, at, 0, Buffer.concat(Array<Uint8Array>(1 + (choice % 30)).fill(part)));
}

/** One of what matches becomes another value. */
function swapMatch(
  bytes: Uint8Array,
  { at, choice }: Place,
  pattern: RegExp,
  values: readonly Uint8Array[],
): Uint8Array {
  const matches = [...Buffer.from(bytes).toString("latin1").matchAll(pattern)];
  const match = matches[at % Math.max(1, matches.length)];
  if (match === undefined) return bytes;
  return replaced(bytes, match.index, match[0].length, chosen(values, choice));
}

/** Two lines change places. */
function swapLines(bytes: Uint8Array, { at, length }: Place): Uint8Array {
  const lines = Buffer.from(bytes).toString("latin1").split("\n");
  const [one, other] = [at % lines.length, length % lines.length];
  [lines[one], lines[other]] = [lines[other] ?? "", lines[one] ?? ""];
  return Buffer.from(lines.join("\n"), "latin1");
}

function replaced(
  bytes: Uint8Array,
  at: number,
  length: number,
  by: Uint8Array | readonly number[],
): Uint8Array {
  const from = within(bytes, at);
  return Buffer.concat([
    bytes.subarray(0, from),
    Uint8Array.from(by),
    bytes.subarray(from + length),
  ]);
}

function within(bytes: Uint8Array, at: number): number {
  return at % (bytes.length + 1);
}

function chosen(parts: readonly Uint8Array[], choice: number): Uint8Array {
  return parts[choice % parts.length] ?? new Uint8Array();
}
