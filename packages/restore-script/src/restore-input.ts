import type {
  ArchiveId,
  ArchiveStatus,
  Compression,
  Encryption,
} from "@backuppc-archive-s3/backup-catalog";

/** The archive that a script restores, with a URL for each of its chunks. */
export interface RestoreInput {
  readonly id: Pick<ArchiveId, "host" | "number"> & {
    /** Leave out where archives had no attempts, as those of the Python predecessor. */
    readonly attempt?: string;
  };
  /** Scripts of other than complete archives warn, and restore only with `--accept-partial`. */
  readonly status: ArchiveStatus;
  readonly finished: Date;
  /** Bytes of the whole tar; leave out where nobody knows. */
  readonly tarBytes?: number;
  readonly compression: Compression;
  /** Null: the chunks are stored as they are. */
  readonly encryption: Encryption | null;
  /** In the order of the tar stream; at least one. */
  readonly chunks: readonly RestoreChunk[];
  /** SHA256SUMS, sealed like a chunk; leave out where the archive has none. */
  readonly sums?: { readonly url: string };
  /** When the first of the URLs dies. */
  readonly expires: Date;
  /** Until when the URLs were asked for; the script says so where `expires` is earlier. */
  readonly asked?: Date;
  /** When the URLs were signed. */
  readonly created: Date;
  /** The program that asks for the script, and its version. */
  readonly tool: string;
}

/** A sealed chunk and where to get it. */
export interface RestoreChunk {
  /** The whole key; its last part names the chunk. */
  readonly key: string;
  /** In bytes. */
  readonly storedLength: number;
  /**
   * SHA-256 of the stored bytes, lower-case hex. Leave it out of all chunks where nobody
   * knows it, as of the Python predecessor's: the script then warns of what it can't check.
   */
  readonly sha256?: string;
  /** http or https, presigned for GET. */
  readonly url: string;
}
