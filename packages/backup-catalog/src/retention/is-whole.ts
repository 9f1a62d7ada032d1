import type { ChunkTable } from "../gc/chunk-table.ts";
import { countOf, decodeRanges } from "../ranges.ts";

/** Whether every chunk that a head keeps is listed, and their lengths add up to what it says. */
export function isWhole(
  head: { readonly storedBytes: number; readonly keeps: Readonly<Record<string, string>> },
  table: ChunkTable,
): boolean {
  const ranges = Object.values(head.keeps).map((text) => decodeRanges(text) ?? []);
  let missing = ranges.reduce((count, some) => count + countOf(some), 0);
  let bytes = 0;
  for (const { visible, length } of table.keptBy(head.keeps)) {
    if (!visible) continue;
    missing--;
    bytes += length;
  }
  return missing === 0 && bytes === head.storedBytes;
}
