import {
  decodeRanges,
  type Head,
  type IndexRange,
  type ListedChunk,
} from "@backuppc-archive-s3/backup-catalog";

/** Chunks that some heads keep. */
export class KeptChunks {
  readonly #ranges = new Map<string, IndexRange[][]>();

  constructor(heads: Iterable<Pick<Head, "keeps">>) {
    for (const { keeps } of heads)
      for (const [attempt, text] of Object.entries(keeps)) {
        const others = this.#ranges.get(attempt);
        const ranges = [...(decodeRanges(text) ?? [])];
        if (others === undefined) this.#ranges.set(attempt, [ranges]);
        else others.push(ranges);
      }
  }

  has({ attempt, index }: Pick<ListedChunk, "attempt" | "index">): boolean {
    return (this.#ranges.get(attempt) ?? []).some((ranges) => isWithin(ranges, index));
  }
}

/** @param ranges ascending */
function isWithin(ranges: readonly IndexRange[], index: number): boolean {
  let [low, high] = [0, ranges.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const range = ranges[middle];
    if (range === undefined || index < range.first) high = middle - 1;
    else if (index > range.last) low = middle + 1;
    else return true;
  }
  return false;
}
