/** What has been counted of a tar stream. */
export interface TarCount {
  /** Members of every type. */
  readonly members: number;
  /** Members other than folders: files, links, devices, pipes. */
  readonly files: number;
  /** Hard links among them. */
  readonly hardLinks: number;
  /** Bytes of all files' contents. */
  readonly bytes: number;
  /** The two blocks of zeros that end a tar were seen. */
  readonly ended: boolean;
  /** Where the stream stops being a tar, in bytes; undefined if it does not. */
  readonly damagedAt: number | undefined;
}
