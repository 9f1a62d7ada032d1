import { join } from "node:path";
import {
  type Chunk,
  type StreamDigest,
  splitIntoChunks,
  toBlocks,
  UnreadBodyError,
} from "@backuppc-archive-s3/chunk-splitter";
import type { Sealer } from "@backuppc-archive-s3/gpg";
import type { ObjectStore } from "@backuppc-archive-s3/s3-transport";
import pLimit from "p-limit";
import type { Compressor } from "../compress/compressor.ts";
import type { BlockPool } from "./block-pool.ts";
import { checkStored, JournalMismatch } from "./check-stored.ts";
import { holdSealed } from "./hold-sealed.ts";
import type { StoredChunk } from "./stored-chunk.ts";
import { readAhead } from "./read-ahead.ts";

/** The stages that a chunk goes through, and their limits. */
export interface ChunkStages {
  readonly compressor: Compressor;
  readonly sealer: Sealer;
  readonly store: ObjectStore;
  readonly pool: BlockPool;
  /** Chunks that are compressed and sealed at a time. */
  readonly workers: number;
  /** Chunks that are uploaded at a time. */
  readonly connections: number;
  /** Bytes of the tar stream in a chunk. */
  readonly chunkSize: number;
  /** A folder for sealed chunks that the budget has no room for. */
  readonly spool: string;
  readonly chunkKey: (index: number) => string;
  /** Chunks that an earlier run of this attempt has stored, by their index. */
  readonly stored: ReadonlyMap<number, StoredChunk>;
  /** Is told of each further one before it counts as stored. */
  readonly journal: { stored(chunk: StoredChunk): Promise<void> };
  /** Told of each chunk that is stored, now or already. */
  readonly onStored: (chunk: StoredChunk) => void;
}

export interface StoredStream {
  readonly chunks: readonly StoredChunk[];
  /** Length and digest of the whole tar. */
  readonly tar: StreamDigest;
}

/**
 * Takes a tar stream to the store, chunk by chunk, several at a time.
 *
 * The first chunk that fails stops the others by `controller`, and its error is thrown.
 */
export async function archiveStream(
  tar: AsyncIterable<Uint8Array>,
  stages: ChunkStages,
  controller: AbortController,
): Promise<StoredStream> {
  const { signal } = controller;
  const { pool, chunkSize } = stages;
  const blocks = { blockSize: pool.payload, allocate: () => pool.take(signal) };
  const split = splitIntoChunks(tar, { chunkSize, ...blocks });
  const inFlight = pLimit(stages.workers + stages.connections);
  const uploads = pLimit(stages.connections);
  const underWay: Promise<StoredChunk>[] = [];
  try {
    for await (const chunk of split.chunks) {
      const known = stages.stored.get(chunk.index);
      if (known !== undefined) {
        underWay.push(Promise.resolve(await checkStored(chunk, known, pool)));
        stages.onStored(known);
        continue;
      }
      const plain = readAhead(chunk.body, pool);
      const stored = inFlight(() => storeChunk(chunk, plain, stages, uploads, signal));
      stored.catch((error: unknown) => controller.abort(error));
      underWay.push(stored);
    }
    const behindTheEnd = (index: number): boolean => index > underWay.length;
    if ([...stages.stored.keys()].some(behindTheEnd)) throw new JournalMismatch();
    return { chunks: await Promise.all(underWay), tar: split.total() };
  } catch (error) {
    // A chunk that fails leaves its body unread: its own error is the cause, and comes by itself.
    if (!(error instanceof UnreadBodyError)) controller.abort(error);
    await Promise.allSettled(underWay);
    controller.abort(error);
    throw signal.reason;
  }
}

async function storeChunk(
  chunk: Chunk,
  plain: AsyncIterable<Uint8Array>,
  stages: ChunkStages,
  uploads: <T>(upload: () => Promise<T>) => Promise<T>,
  signal: AbortSignal,
): Promise<StoredChunk> {
  const { sealer, store, pool, spool } = stages;
  const small = compressed(plain, stages, signal);
  const message = sealer.seal(small, { signal, ownBlocks: true });
  const held = await holdSealed(message, pool, join(spool, `${chunk.index}.sealed`), signal);
  try {
    const key = stages.chunkKey(chunk.index);
    await uploads(() => store.put(key, held.body, { signal }));
    const slice = chunk.digest();
    const entry = {
      key,
      tarOffset: chunk.offset,
      tarLength: slice.length,
      storedLength: held.body.length,
      sha256: held.body.sha256,
    };
    const stored = { index: chunk.index, entry, plainSha256: slice.sha256 };
    await stages.journal.stored(stored);
    stages.onStored(stored);
    return stored;
  } finally {
    await held.release();
  }
}

/** The plaintext as it is, or its compressed form in blocks of the pool. */
function compressed(
  plain: AsyncIterable<Uint8Array>,
  { compressor, pool }: ChunkStages,
  signal: AbortSignal,
): AsyncIterable<Uint8Array> {
  if (compressor.suffix === "") return plain;
  return toBlocks(compressor.compress(givenBack(plain, pool), signal), {
    blockSize: pool.payload,
    allocate: () => pool.takeForSealing(),
  });
}

/** The plaintext, whose memory is to be filled again once it has been compressed. */
async function* givenBack(
  plain: AsyncIterable<Uint8Array>,
  pool: BlockPool,
): AsyncGenerator<Uint8Array> {
  for await (const block of plain) {
    yield block;
    pool.giveBack(block);
  }
}
