import { mayReuse, type Protection } from "@backuppc-archive-s3/backup-catalog";
import type { IndexedChunk } from "../index/indexed-chunk.ts";
import { isDue } from "./is-due.ts";

/** The run that would reuse a chunk. */
export interface ReusingRun {
  /** When it began, by the store's clock. */
  readonly started: Date;
  /** Milliseconds after which each chunk is uploaded anew; undefined: never. */
  readonly refreshAfterMs?: number | undefined;
}

/**
 * Whether a run may name a stored chunk in place of uploading it:
 *
 * - `reuse`
 * - `unprotected`: it might be deleted before the run has stored its head
 * - `due`: it has been trusted for long enough
 */
export function decideReuse(
  chunk: IndexedChunk,
  { started, refreshAfterMs }: ReusingRun,
): "reuse" | "unprotected" | "due" {
  if (!mayReuse(protectionOf(chunk), started)) return "unprotected";
  return refreshAfterMs !== undefined && isDue(chunk, started.getTime(), refreshAfterMs)
    ? "due"
    : "reuse";
}

/** What keeps the chunk from being deleted. */
export function protectionOf({ stored, holdUntil }: IndexedChunk): Protection {
  return {
    stored: new Date(stored),
    ...(holdUntil !== undefined && { holdUntil: new Date(holdUntil) }),
  };
}
