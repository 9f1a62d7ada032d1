/** A member of a tar: a file, a folder, a link. All of it comes from its headers. */
export interface Member {
  /** Bytes of the stream before its first header; extended headers are part of it. */
  readonly offset: number;
  /** Bytes of all of its 512-byte blocks: extended headers, header, content, padding. */
  readonly length: number;
  /** The header's type flag: "0" a file, "1" a hard link, "2" a symbolic link, "5" a folder, and so on. */
  readonly type: string;
  /** Permission bits. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Whole seconds since 1970, rounded down. */
  readonly mtime: number;
  /** Bytes of the file: for a sparse one with its holes, otherwise what its content takes in the tar. */
  readonly size: number;
  /** The name as the tar has it, in any encoding. */
  readonly path: Uint8Array;
  /** What a hard or symbolic link points to. */
  readonly link?: Uint8Array;
}
