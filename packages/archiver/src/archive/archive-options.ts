import type { ArchiveWriter, BackupRecord, Head } from "@backuppc-archive-s3/backup-catalog";
import type { TarCount } from "@backuppc-archive-s3/chunk-splitter";
import type { Encryptor, PublicKey, Recipients } from "@backuppc-archive-s3/gpg";
import type { ObjectStore } from "@backuppc-archive-s3/s3-transport";
import type { Compressor } from "../compress/compressor.ts";
import type { ChunkLocks } from "../reuse/chunk-locks.ts";

/** A tar stream that is opened when all else is ready. */
export interface TarSource {
  /** The stream, to be read once; a piece is valid until the next one is asked for. Called once at most. */
  open(signal: AbortSignal): AsyncIterable<Uint8Array> | Promise<AsyncIterable<Uint8Array>>;
  /**
   * Called when the stream has ended. Throws if it is not the whole backup. The answer counts errors in reading what is backed up: with
   * any, the archive is `partial`.
   */
  finish?(count: TarCount): Promise<{ readonly errors: number }>;
}

/** Who can open the archive: whoever has the passphrase, and whoever has one of the secret keys. At least one of the two. */
export interface ArchiveEncryption {
  readonly passphrase?: string | undefined;
  /** From `readPublicKeys`. */
  readonly publicKeys?: readonly PublicKey[] | undefined;
  /** Begins to encrypt to these recipients. The encryptor is closed at the end. */
  readonly start: (recipients: Recipients) => Encryptor;
}

/** What is archived, where to, and how. */
export interface ArchiveOptions {
  readonly source: AsyncIterable<Uint8Array> | TarSource;
  /** Name of what is backed up, such as a machine's. Archives of one name share chunks. */
  readonly host: string;
  /** The caller's own number of this backup, from 0. */
  readonly number: number;
  /** Takes the chunks. */
  readonly store: ObjectStore;
  /** Takes the records, in the same store. */
  readonly writer: ArchiveWriter;
  /** Which store that is: with another one, nothing counts as stored. */
  readonly location: {
    readonly bucket: string;
    readonly endpoint?: string | undefined;
    /** What the store puts before keys. */
    readonly prefix: string;
  };
  /** The working folder: chunk index, lock and signing key. Nobody else may write to it. */
  readonly folder: string;
  /** Null: chunks are stored as they are. */
  readonly encryption: ArchiveEncryption | null;
  readonly compressor: Compressor;
  /** Bytes that all chunks on their way may take together. */
  readonly memory: number;
  /** Chunks that are compressed at a time. */
  readonly workers: number;
  /** Chunks that are uploaded at a time. */
  readonly connections: number;
  /** Bytes of an average chunk, chosen by `expectedBytes` and kept for the host unless given. */
  readonly mean?: number | undefined;
  /** No chunk is longer, in bytes. */
  readonly most?: number | undefined;
  /** Bytes of the backup, where they are known beforehand. */
  readonly expectedBytes?: number | undefined;
  /** Milliseconds after which a chunk is uploaded anew, never unless given. */
  readonly refreshAfterMs?: number | undefined;
  /** Where the store locks objects. */
  readonly locks?: ChunkLocks | undefined;
  /** The program and its version, for the records. */
  readonly tool: string;
  /** What BackupPC's own record says. */
  readonly backup?: BackupRecord | undefined;
  readonly signal?: AbortSignal;
  /** Called with one line for each thing that is unusual, such as why everything is uploaded anew. */
  readonly onNotice?: (line: string) => void;
  /** Called once the attempt has begun. */
  readonly onStarted?: (started: StartedArchive) => void;
  /** Called with each chunk that is in the store. */
  readonly onChunk?: (chunk: ChunkProgress) => void;
}

/** The attempt that a run has begun. */
export interface StartedArchive {
  readonly attempt: string;
  /** By the store's clock. */
  readonly started: Date;
}

/** A chunk that is in the store. */
export interface ChunkProgress {
  /** Bytes of the tar. */
  readonly tarLength: number;
  /** Bytes in the store. */
  readonly storedLength: number;
  /** It was uploaded; otherwise it is an earlier one. */
  readonly isNew: boolean;
}

/** An archive that is in the store, whole and signed. */
export interface ArchivedTar {
  readonly head: Head;
  /** What compressed new chunks: `none`, `igzip`, `node:zlib`, or the program's path. */
  readonly compressedBy: string;
}
