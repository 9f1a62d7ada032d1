/** How chunks are made smaller before they are encrypted. */
export interface Compressor {
  /** What has to undo it: `none`, `gzip`, `bzip2`, or the program's name. */
  readonly name: string;
  /** What a chunk's name gets for it, such as `.gz`; `""` for none. */
  readonly suffix: string;
  /** What does the work: `none`, `igzip`, `node:zlib`, or the program's path. */
  readonly worker: string;
  /**
   * Compresses a chunk within its memory, as `writable` gives it: the result takes the place of the plaintext. Only
   * where that has grown beyond it, it comes in memory of its own.
   *
   * @throws {ArchiverError} code `compression`; the signal's reason
   */
  compress(chunk: Uint8Array, signal: AbortSignal): Promise<Uint8Array>;
  /** Ends what waits for chunks. Without it, that ends with this process. */
  [Symbol.asyncDispose](): Promise<void>;
}
