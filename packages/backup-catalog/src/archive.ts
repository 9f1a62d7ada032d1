/** The version of every JSON that this release writes; a newer one is refused, never guessed. */
export const FORMAT = 1 as const;

/** Entries that one manifest may have: with chunks of 32 MiB, a tar of 30 TiB. */
export const MAX_CHUNKS = 1_000_000;

/** How chunks were made small. */
export interface Compression {
  /** What names of chunks carry for it, such as `.gz`; `""` for none. */
  readonly suffix: string;
  /** `none`, `gzip`, `bzip2`, `xz`, `zstd`, or the filter program's own name. */
  readonly name: string;
}

/** Who can open the encrypted chunks: each of the ways that are given is enough. */
export interface Encryption {
  /** A passphrase opens `KEY.n.gpg`, whose data key opens the chunks. */
  readonly passphrase: boolean;
  /** Fingerprints of the recipients' primary keys, upper-case hex. */
  readonly recipients: readonly string[];
  /** Fingerprints of the (sub)keys that messages are encrypted to, in the order of `recipients`. */
  readonly subkeys: readonly string[];
}

/** One attempt to take one backup of one host off-site. */
export interface ArchiveId {
  readonly host: string;
  /** BackupPC's backup number. It can come back when a host is re-created. */
  readonly number: number;
  /** Attempt id: UTC start and a random tail, `20261122T031500Z-5f3a9c`. */
  readonly attempt: string;
}

/** `started.json`: written first. */
export interface Started extends ArchiveId {
  readonly format: typeof FORMAT;
  /** ISO 8601, UTC, as every time here. By the store's clock where it was known already. */
  readonly started: string;
  /** The program that wrote it, and its version. */
  readonly tool: string;
  /** Who wrote it: one installation of archive-host, by its signing key. */
  readonly uploader: string;
}

/** One chunk of the tar stream, and where its bytes are. Lengths and offsets in bytes. */
export interface ChunkEntry {
  /** Below `chunks/<host>/`: `<attempt>/<attempt>.00000001.gz.gpg`, of this attempt or an earlier one. */
  readonly name: string;
  /** The version that was stored, where the store keeps versions. */
  readonly versionId?: string;
  readonly tarOffset: number;
  readonly tarLength: number;
  readonly storedLength: number;
  /** SHA-256 of the stored bytes, lower-case hex. */
  readonly sha256: string;
}

/** `manifest.json`: every chunk in stream order. A chunk may stand in it more than once. Holds no digest of plaintext. */
export interface Manifest extends ArchiveId {
  readonly format: typeof FORMAT;
  readonly tarBytes: number;
  readonly chunks: readonly ChunkEntry[];
}

/** What BackupPC's own record says of the backup. */
export interface BackupRecord {
  /** `full`, `incr`, … */
  readonly type: string;
  readonly started: string;
}

/** `archive.json`, the head: what is signed and believed of an archive, and its hold. */
export interface Head extends Started {
  /** Where BackupPC's record could be read. */
  readonly backup?: BackupRecord;
  /** When the last chunk was stored, by the store's clock. */
  readonly finished: string;
  readonly status: "complete" | "partial";
  /** Errors that the source counted while it was read; 0 exactly where `status` is complete. */
  readonly sourceErrors: number;
  /** Null: the chunks are stored as they are. */
  readonly encryption: Encryption | null;
  readonly compression: Compression;
  /** Entries of the manifest. */
  readonly chunks: number;
  readonly tarBytes: number;
  /** Stored bytes of the chunks, each counted once. */
  readonly storedBytes: number;
  /** Chunks that this attempt uploaded, and their stored bytes. */
  readonly newChunks: number;
  readonly newBytes: number;
  /** Members of the tar. */
  readonly members: number;
  /** SHA-256 of the stored objects, lower-case hex; `members` in the order of its parts. */
  readonly digests: {
    readonly manifest: string;
    readonly sums: string;
    readonly members: readonly string[];
  };
  /** The hold: until then no chunk it keeps is deleted, whatever becomes of the archive. */
  readonly holdUntil: string;
  /** The chunks it names, by the attempt that uploaded them: `{ "20261122T031500Z-5f3a9c": "1-500,502" }`. */
  readonly keeps: Readonly<Record<string, string>>;
}

/** What `commit` needs to know of a head; the catalog counts, digests and dates the rest. */
export type HeadFacts = Omit<
  Head,
  | "status"
  | "chunks"
  | "tarBytes"
  | "storedBytes"
  | "newChunks"
  | "newBytes"
  | "digests"
  | "holdUntil"
  | "keeps"
>;

/** Only `complete` counts as a good backup; `partial`: the source had errors; `incomplete`: no marker. */
export type ArchiveStatus = "complete" | "partial" | "incomplete";
