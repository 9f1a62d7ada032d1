import type { CutOptions } from "./cut-options.ts";
import type { TarCount } from "./tar-count.ts";

/** A slice of the stream, whole in memory. */
export interface Chunk {
  /** Bytes of the stream before this chunk. */
  readonly offset: number;
  /** The bytes: the start of what `allocate` gave. The cutter keeps no hold of them. */
  readonly bytes: Uint8Array;
}

export interface CutStream {
  /** The chunks in stream order, to be read once. An empty stream has none. */
  readonly chunks: AsyncIterable<Chunk>;
  /** What has been counted so far: all of the tar once the chunks have ended. */
  readonly count: () => TarCount;
  /** Bytes that have been read so far. */
  readonly length: () => number;
}

/** Cuts a tar stream into chunks. */
export function cutTar(_source: AsyncIterable<Uint8Array>, _options: CutOptions): CutStream {
  throw new Error("The implementation follows.");
}
