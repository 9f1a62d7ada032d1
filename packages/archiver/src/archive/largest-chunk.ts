const MOST = 67_108_864;

/** Bytes of the largest chunk that there can be, as package chunk-splitter cuts. */
export function largestChunk(mean: number, most: number = MOST): number {
  return Math.min(2 * mean, MOST, most);
}
