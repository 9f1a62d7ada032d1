import type {
  ArchiveId,
  ArchiveStatus,
  Compression,
  Encryption,
} from "@backuppc-archive-s3/backup-catalog";

/** The archive that a script restores, with a URL for each of its chunks. */
export interface RestoreInput {
  readonly id: Pick<ArchiveId, "host" | "number"> & {
    /** Leave it out for legacy archives, which had no attempts. */
    readonly attempt?: string;
  };
  /** A script of an archive that is not complete warns, and restores only with `--accept-partial`. */
  readonly status: ArchiveStatus;
  readonly finished: Date;
  /** Bytes of the whole tar; leave it out where nobody knows. */
  readonly tarBytes?: number;
  /** One of gzip, bzip2, xz, zstd, lz4 and none (by name or suffix), or one of `filters`. */
  readonly compression: Compression;
  /** Further decompressors that the script may run, by the paths that the configuration allows; their basename is run. */
  readonly filters?: readonly string[];
  /** Null: the chunks are stored as they are. */
  readonly encryption: Encryption | null;
  /** In the order of the tar stream, repeats included; at least one. */
  readonly chunks: readonly RestoreChunk[];
  /** What the URLs of all objects share; leave it out where each object has a whole `url`. */
  readonly urls?: SharedUrl;
  /** SHA256SUMS(.gpg). An archive with an attempt and without sums is restored only with `--without-sums`. */
  readonly sums?: ObjectUrl & {
    /** SHA-256 of the stored object, lower-case hex, from the head. */
    readonly sha256?: string;
    /** SHA-256 of the manifest that the first line must name; leave it out where the head is not at hand. */
    readonly manifest?: string;
  };
  /**
   * The parts of the member index, in order, each with the SHA-256 of the stored object, lower-case hex. Leave it out
   * where there is none: the script then reads all chunks to find a member.
   */
  readonly members?: readonly (ObjectUrl & { readonly sha256: string })[];
  /** The script shall restore these alone; leave it out for the whole archive. */
  readonly only?: OnlyMembers;
  /** The stored KEY.n.gpg, binary: required where a passphrase opens an archive that has an attempt. */
  readonly dataKey?: Uint8Array;
  /** Whose signature of the head was verified (fingerprint); leave it out where none was: the script says so. */
  readonly verified?: { readonly by: string };
  /** When the first of the URLs expires. */
  readonly expires: Date;
  /** Until when the URLs were asked for; the script says so where `expires` is earlier. */
  readonly asked?: Date;
  /** When the URLs were signed. */
  readonly created: Date;
  /** The program that asks for the script, and its version. */
  readonly tool: string;
}

/** Members that a small script is for. It needs the member index. */
export interface OnlyMembers {
  /**
   * Without `./` before and a slash behind them; a backslash twice, and control characters, as well as what is no UTF-8,
   * as `\0` and three octal digits. A folder stands for all below.
   */
  readonly names: readonly string[];
  /** The chunks that hold them: places in `chunks`, from 0. The script has the URLs of no others. */
  readonly chunks: ReadonlySet<number>;
}

/** URL = base + path + "?" + query + (versionId ? "&versionId=" + it : "") + "&X-Amz-Signature=" + signature. */
export interface SharedUrl {
  /** The URL up to the key: `https://store.example/bucket/`. */
  readonly base: string;
  /** `X-Amz-…` parameters without versionId and signature. */
  readonly query: string;
}

/** Where an object is: its part of a URL that shares `urls`, or a whole URL. */
export type ObjectUrl =
  | {
      /** The key, percent-encoded, as it stands behind `urls.base`. */
      readonly path: string;
      /** Hex. */
      readonly signature: string;
      /** As the store gave it, not encoded. */
      readonly versionId?: string;
    }
  | {
      /** http or https, presigned for GET. */
      readonly url: string;
    };

/** A stored chunk and where to get it. */
export type RestoreChunk = ObjectUrl & {
  /** File name, unique for each object: the last part of its key. */
  readonly name: string;
  /** In bytes. */
  readonly storedLength: number;
  /** Bytes of the tar that it holds; needed where there is a member index. */
  readonly tarLength?: number;
  /**
   * SHA-256 of the stored bytes, lower-case hex. Leave it out of all chunks where nobody
   * knows it, as of the Python program's: the script then warns of what it can't check.
   */
  readonly sha256?: string;
};
