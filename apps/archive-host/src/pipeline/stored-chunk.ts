import type { ChunkEntry } from "@backuppc-archive-s3/backup-catalog";

/** A chunk whose PUT the store has confirmed. */
export interface StoredChunk {
  /** Counts from 1. */
  readonly index: number;
  readonly entry: ChunkEntry;
  /** Of the slice of the tar, lower-case hex; never stored in clear. */
  readonly plainSha256: string;
}
