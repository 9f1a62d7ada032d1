import type { ChunkEntry } from "@backuppc-archive-s3/backup-catalog";
import type { Expected } from "./expected-members.ts";

/**
 * Seconds that a restore of everything would take, at the speed of the members: by the stored bytes of the chunks that
 * hold them, each fetched once.
 *
 * @param seconds that the members took
 * @returns undefined where that was too little to tell
 */
export function secondsForAll(
  seconds: number,
  expected: readonly Expected[],
  chunks: readonly ChunkEntry[],
): number | undefined {
  const needed = chunks.filter(({ tarOffset, tarLength }) =>
    expected.some(
      ({ member }) =>
        member.offset < tarOffset + tarLength && member.offset + member.length > tarOffset,
    ),
  );
  const [fetched, all] = [bytesOf(needed), bytesOf(chunks)];
  if (fetched === all) return seconds;
  return fetched < FEWEST ? undefined : (seconds * all) / fetched;
}

/**
 * Bytes. A script takes half a second, however little it fetches: a fast line fetches as much as this in that time, so that the
 * estimate is at most twice too long. Of fewer it would say how long programs take to start.
 */
const FEWEST = 50_000_000;

function bytesOf(chunks: readonly ChunkEntry[]): number {
  const once = new Map(chunks.map(({ name, storedLength }) => [name, storedLength]));
  return [...once.values()].reduce((sum, length) => sum + length, 0);
}
