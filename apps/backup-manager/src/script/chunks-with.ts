import type { IndexedMember } from "@backuppc-archive-s3/archiver";
import type { ChunkEntry } from "@backuppc-archive-s3/backup-catalog";

/** Which chunks hold the members: places in the manifest, from 0. */
export function chunksWith(
  members: readonly Pick<IndexedMember, "offset" | "length">[],
  chunks: readonly ChunkEntry[],
): ReadonlySet<number> {
  const places = new Set<number>();
  for (const { offset, length } of members) {
    let place = placeOf(offset, chunks);
    for (let end = offset + length; ; place++) {
      const chunk = chunks[place];
      if (chunk === undefined || chunk.tarOffset >= end) break;
      places.add(place);
    }
  }
  return places;
}

/** The last chunk that begins there or before. */
function placeOf(offset: number, chunks: readonly ChunkEntry[]): number {
  let [low, high] = [0, chunks.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((chunks[middle]?.tarOffset ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
