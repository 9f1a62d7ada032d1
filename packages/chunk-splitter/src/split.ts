import { type Allocate, BlockReader } from "./block-reader.ts";
import { ChunkBody } from "./chunk-body.ts";
import { RunningDigest, type StreamDigest } from "./running-digest.ts";

/** 1 MiB: the block that the stages behind work with fastest (measured for encryption, see docs/performance.md). */
const BLOCK_SIZE = 1_048_576;

export interface SplitOptions {
  /** Bytes of every chunk but the last, at least 1. */
  readonly chunkSize: number;
  /** Bytes of a chunk's pieces, 1 MiB unless given. */
  readonly blockSize?: number;
  /**
   * Gives the memory for a block, new memory unless given. Reading waits for
   * it, so a pool of blocks bounds how far a reader may run ahead.
   */
  readonly allocate?: Allocate;
}

export interface SplitStream {
  /**
   * The chunks in stream order. The next one comes when the body of the one
   * before has been read to its end; an empty stream has none.
   */
  readonly chunks: AsyncIterable<Chunk>;
  /** Length and digest of all that has been read so far: of the whole stream once the chunks have ended. */
  readonly total: () => StreamDigest;
}

/** A fixed-length slice of the stream. */
export interface Chunk {
  /** Counts from 1. */
  readonly index: number;
  /** Bytes of the stream before this chunk. */
  readonly offset: number;
  /**
   * The bytes, to be read once; no block is read from the source before it is
   * asked for. Each block is alone in its buffer.
   */
  readonly body: AsyncIterable<Uint8Array>;
  /** Length and digest of what has been read of the body: of the whole chunk once the body has ended. */
  readonly digest: () => StreamDigest;
}

/**
 * Cuts a stream into chunks of a fixed length.
 *
 * An error of the source is thrown by the body that was reading.
 *
 * @example
 * const { chunks, total } = splitIntoChunks(process.stdin, { chunkSize: 67_108_864 });
 * for await (const chunk of chunks) {
 *   for await (const block of chunk.body) await write(block);
 *   console.log(chunk.index, chunk.digest().sha256);
 * }
 * console.log(total().length);
 */
export function splitIntoChunks(
  source: AsyncIterable<Uint8Array>,
  { chunkSize, blockSize = BLOCK_SIZE, allocate }: SplitOptions,
): SplitStream {
  if (!Number.isSafeInteger(chunkSize) || chunkSize < 1) {
    throw new RangeError(`A chunk has at least 1 byte, not ${chunkSize}.`);
  }
  const total = new RunningDigest();
  return {
    chunks: chunksOf(new BlockReader(source, allocate), { chunkSize, blockSize }, total),
    total: () => total.current(),
  };
}

async function* chunksOf(
  reader: BlockReader,
  sizes: { readonly chunkSize: number; readonly blockSize: number },
  total: RunningDigest,
): AsyncGenerator<Chunk> {
  try {
    for (let index = 1; !(await reader.atEnd()); index++) {
      const slice = new RunningDigest();
      const offset = total.length;
      const body = new ChunkBody(reader, sizes, [slice, total]);
      yield { index, offset, body, digest: () => slice.current() };
      await body.ended;
    }
  } finally {
    await reader.close();
  }
}
