import type { ChunkEntry } from "@backuppc-archive-s3/backup-catalog";
import type { Expected } from "./expected-members.ts";

/**
 * Seconds that a restore of everything would take, at the speed of the members: by the stored bytes of the chunks that
 * hold them, each fetched once.
 *
 * @param seconds that the members took
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
  const fetched = bytesOf(needed);
  return fetched === 0 ? undefined : (seconds * bytesOf(chunks)) / fetched;
}

function bytesOf(chunks: readonly ChunkEntry[]): number {
  const once = new Map(chunks.map(({ name, storedLength }) => [name, storedLength]));
  return [...once.values()].reduce((sum, length) => sum + length, 0);
}
