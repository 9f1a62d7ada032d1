import type { LockExtender } from "@backuppc-archive-s3/s3-transport";
import type { IndexedChunk } from "../index/indexed-chunk.ts";

const DAY = 86_400_000;
/** Days that a chunk is locked beyond what is promised, so that it can be reused for some time without a request. */
const EXTRA_DAYS = 30;

/** How chunks are locked in the store. */
export interface ChunkLocks {
  /** What each archive is promised: nobody deletes it for so many days. */
  readonly days: number;
  readonly extender: LockExtender;
}

/** Until when a chunk is locked that is stored now, or whose lock is extended now. */
export function lockOfChunk({ days }: Pick<ChunkLocks, "days">, now: Date): Date {
  return new Date(now.getTime() + (days + EXTRA_DAYS) * DAY);
}

/** Whether its lock is too short for an archive that reuses it now. */
export function needsExtension(
  { lockUntil = 0 }: Pick<IndexedChunk, "lockUntil">,
  { days }: Pick<ChunkLocks, "days">,
  now: Date,
): boolean {
  return lockUntil < now.getTime() + days * DAY;
}
