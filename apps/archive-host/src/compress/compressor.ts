/** How each chunk is made smaller before it is encrypted. */
export interface Compressor {
  /** `none`, `gzip`, `bzip2`, or the program's name. */
  readonly name: string;
  /** What the chunk's name gets, such as `.gz`; `""` for none. */
  readonly suffix: string;
  /**
   * Asks for a piece when it is done with the one before, whose memory may be filled again then.
   *
   * @throws {ArchiveError} code `compression-failed`
   */
  compress(plain: AsyncIterable<Uint8Array>, signal: AbortSignal): AsyncIterable<Uint8Array>;
}
