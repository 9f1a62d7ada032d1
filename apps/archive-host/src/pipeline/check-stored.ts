import type { Chunk } from "@backuppc-archive-s3/chunk-splitter";
import type { BlockPool } from "./block-pool.ts";
import type { StoredChunk } from "./stored-chunk.ts";

/** The tar is not the one that the journal tells of, so the attempt can't be resumed. */
export class JournalMismatch extends Error {
  override readonly name = "JournalMismatch";

  constructor() {
    super("what BackupPC_tarCreate gives has changed");
  }
}

/**
 * Reads a chunk that is stored already, only to see that it is the same one:
 * by its digest, never by its length or name alone.
 *
 * @throws {JournalMismatch} if it is not
 */
export async function checkStored(
  chunk: Chunk,
  stored: StoredChunk,
  pool: BlockPool,
): Promise<StoredChunk> {
  for await (const block of chunk.body) {
    pool.sealed();
    pool.giveBack(block);
  }
  const { length, sha256 } = chunk.digest();
  if (sha256 !== stored.plainSha256 || length !== stored.entry.tarLength) {
    throw new JournalMismatch();
  }
  return stored;
}
