/** Chunks `first` to `last` of an attempt, both included. */
export interface IndexRange {
  readonly first: number;
  readonly last: number;
}

/** Names of chunks have eight digits: so they sort in the order of upload. */
export const LAST_CHUNK_INDEX = 99_999_999;

/** Characters: more than a million chunks need, none beside another. */
const LONGEST = 16_777_216;

/**
 * Writes chunk numbers compactly, `1-500,502`.
 *
 * @param indices ascending, each once, from 1 to {@link LAST_CHUNK_INDEX}
 */
export function encodeRanges(indices: Iterable<number>): string {
  const parts: string[] = [];
  let first = 0;
  let last = 0;
  const flush = (): void => {
    if (first > 0) parts.push(first === last ? `${first}` : `${first}-${last}`);
  };
  for (const index of indices) {
    if (index !== last + 1 || first === 0) {
      flush();
      first = index;
    }
    last = index;
  }
  flush();
  return parts.join(",");
}

/**
 * Reads what {@link encodeRanges} writes and nothing else: ascending, joined where
 * neighbours touch, no leading zeros, at least one. Undefined if it is something else.
 */
export function decodeRanges(text: string): readonly IndexRange[] | undefined {
  if (text.length > LONGEST) return undefined;
  const ranges: IndexRange[] = [];
  let end = -1;
  for (const part of text.split(",")) {
    const range = decodeRange(part);
    // One that begins right behind the last one would have been joined with it.
    if (range === undefined || range.first <= end + 1) return undefined;
    ranges.push(range);
    end = range.last;
  }
  return ranges;
}

/** How many chunks the ranges hold. */
export function countOf(ranges: readonly IndexRange[]): number {
  return ranges.reduce((count, { first, last }) => count + last - first + 1, 0);
}

const RANGE = /^([1-9]\d{0,7})(?:-([1-9]\d{0,7}))?$/;

function decodeRange(part: string): IndexRange | undefined {
  const match = RANGE.exec(part);
  if (match === null) return undefined;
  const first = Number(match[1]);
  if (match[2] === undefined) return { first, last: first };
  const last = Number(match[2]);
  return last > first ? { first, last } : undefined;
}
