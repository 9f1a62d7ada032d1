/** The version of every JSON that this release writes; a newer one is refused, never guessed. */
export const FORMAT = 1;

/** How chunks were made small. */
export interface Compression {
  /** What names of chunks carry for it, such as `.gz`; `""` for none. */
  readonly suffix: string;
  /** `none`, `gzip`, `bzip2`, or the filter program's own name. */
  readonly name: string;
}

/** Who can open the sealed chunks. */
export interface Encryption {
  /** A passphrase opens them. */
  readonly symmetric: boolean;
  /** Fingerprints of the public keys whose owners can, upper-case hex. */
  readonly recipients: readonly string[];
}

/** One attempt to take one backup of one host off-site. */
export interface ArchiveId {
  readonly host: string;
  /** BackupPC's backup number. It can come back when a host is re-created. */
  readonly number: number;
  /** Attempt id: UTC start and a random tail, `20261122T031500Z-5f3a9c`. */
  readonly attempt: string;
}

/** One sealed chunk. Lengths and offsets in bytes. */
export interface ChunkEntry {
  /** The whole key, the store's prefix included. */
  readonly key: string;
  readonly tarOffset: number;
  readonly tarLength: number;
  readonly storedLength: number;
  /** SHA-256 of the stored bytes, lower-case hex. */
  readonly sha256: string;
}

/** `started.json`: written first. */
export interface Started extends ArchiveId {
  readonly format: typeof FORMAT;
  /** ISO 8601, UTC, as every time here. */
  readonly started: string;
  /** The program that wrote it, and its version. */
  readonly tool: string;
}

/** `complete.….json` or `partial.….json`, the marker: written last, what `show` tells. */
export interface Marker extends Started {
  readonly finished: string;
  /** What BackupPC's own record says of the backup, where it could be read. */
  readonly backup?: { readonly type: string; readonly started: string };
  readonly chunks: number;
  readonly tarBytes: number;
  readonly storedBytes: number;
  readonly compression: Compression;
  /** Null: the chunks are stored as they are. */
  readonly encryption: Encryption | null;
  /** Errors that BackupPC_tarCreate counted while reading the backup. */
  readonly sourceErrors: number;
}

/** `manifest.json`: every sealed chunk in stream order. Holds no digest of plaintext. */
export interface Manifest extends ArchiveId {
  readonly format: typeof FORMAT;
  readonly compression: Compression;
  readonly encryption: Encryption | null;
  readonly tarBytes: number;
  readonly chunks: readonly ChunkEntry[];
}
