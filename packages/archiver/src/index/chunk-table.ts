import { LONGEST_RUN_MS, UNLISTED_REUSE_MS } from "@backuppc-archive-s3/backup-catalog";
import type { IndexedChunk } from "./indexed-chunk.ts";

/** The chunk index in memory: some 600 bytes a chunk. */
export class ChunkTable {
  readonly #chunks: Map<string, IndexedChunk>;

  /** @param chunks by digest; they become this table's own */
  constructor(chunks: Map<string, IndexedChunk> = new Map()) {
    this.#chunks = chunks;
  }

  get size(): number {
    return this.#chunks.size;
  }

  find(digest: string): IndexedChunk | undefined {
    return this.#chunks.get(digest);
  }

  chunks(): Iterable<IndexedChunk> {
    return this.#chunks.values();
  }

  add(chunk: IndexedChunk): void {
    this.#chunks.set(chunk.digest, chunk);
  }

  /** A head names these plaintexts, and keeps their chunks until then. */
  hold(digests: Iterable<string>, until: number): void {
    for (const digest of digests) {
      const chunk = this.#chunks.get(digest);
      if (chunk === undefined) continue;
      const holdUntil = Math.max(until, chunk.holdUntil ?? 0);
      this.#chunks.set(digest, { ...chunk, holdUntil });
    }
  }

  /** Forgets what no run that begins from now on may reuse. */
  forget(now: number): void {
    for (const { digest, holdUntil, stored } of this.#chunks.values()) {
      const ended =
        holdUntil === undefined
          ? stored < now - UNLISTED_REUSE_MS
          : holdUntil < now + LONGEST_RUN_MS;
      if (ended) this.#chunks.delete(digest);
    }
  }

  /** Forgets chunks by their names; gives how many there were. */
  strike(names: Iterable<string>): number {
    const doomed = new Set(names);
    let struck = 0;
    for (const { digest, name } of this.#chunks.values()) {
      if (doomed.has(name) && this.#chunks.delete(digest)) struck += 1;
    }
    return struck;
  }
}
