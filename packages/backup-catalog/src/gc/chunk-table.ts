import { damaged } from "../read/read-object.ts";
import { decodeRanges, type IndexRange } from "../ranges.ts";
import type { ListedChunk } from "./inventory.ts";

/** Listed chunks, found by the ranges that heads keep. */
export class ChunkTable {
  /** By attempt, in the order of their numbers. */
  readonly #attempts = new Map<string, ListedChunk[]>();
  readonly #names: ReadonlySet<string>;

  constructor(chunks: readonly ListedChunk[]) {
    this.#names = new Set(chunks.map(({ name }) => name));
    for (const chunk of chunks) {
      const known = this.#attempts.get(chunk.attempt);
      if (known === undefined) this.#attempts.set(chunk.attempt, [chunk]);
      else known.push(chunk);
    }
    for (const known of this.#attempts.values()) known.sort((a, b) => a.index - b.index);
  }

  has(name: string): boolean {
    return this.#names.has(name);
  }

  /**
   * The listed chunks that a head keeps. Its ranges may hold numbers that are not listed: no
   * more is done than there are ranges and chunks. Two listed chunks may have one number, with different suffixes.
   */
  *keptBy(keeps: Readonly<Record<string, string>>): Generator<ListedChunk> {
    for (const [attempt, text] of Object.entries(keeps)) {
      const chunks = this.#attempts.get(attempt) ?? [];
      const ranges = decodeRanges(text);
      // To pass over what can't be read would take it for garbage.
      if (ranges === undefined) throw damaged(`The head's chunks of ${attempt}`, "are no ranges");
      for (const range of ranges) yield* within(chunks, range);
    }
  }
}

function* within(
  chunks: readonly ListedChunk[],
  { first, last }: IndexRange,
): Generator<ListedChunk> {
  for (let at = firstFrom(chunks, first); at < chunks.length; at++) {
    const chunk = chunks[at];
    if (chunk === undefined || chunk.index > last) return;
    yield chunk;
  }
}

/** Where the first chunk with this number or a higher one is. */
function firstFrom(chunks: readonly ListedChunk[], index: number): number {
  let low = 0;
  let high = chunks.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((chunks[middle]?.index ?? index) < index) low = middle + 1;
    else high = middle;
  }
  return low;
}
