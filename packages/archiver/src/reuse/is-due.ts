import type { IndexedChunk } from "../index/indexed-chunk.ts";

/**
 * Whether a chunk is to be uploaded anew, so that no stored byte is trusted for ever. Each has its own time in every period, by its
 * digest: however many were stored in one night, each night sends the same part of them again, and none gets older than a period.
 *
 * @param now milliseconds, by the store's clock
 * @param period milliseconds
 */
export function isDue(
  { digest, stored }: Pick<IndexedChunk, "digest" | "stored">,
  now: number,
  period: number,
): boolean {
  const phase = (Number.parseInt(digest.slice(0, 8), 16) / 2 ** 32) * period;
  return Math.floor((now - phase) / period) > Math.floor((stored - phase) / period);
}
