/** A slice of the stream, whole in memory. */
export interface Chunk {
  /** Bytes of the stream before this chunk. */
  readonly offset: number;
  /** The bytes: the start of what `allocate` gave. The cutter does not touch that memory again. */
  readonly bytes: Uint8Array;
}
