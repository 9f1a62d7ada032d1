import type { CallOptions } from "@backuppc-archive-s3/s3-transport";
import type { ArchiveId, Manifest, Marker, Started } from "./archive.ts";

/**
 * The archives in one store: a bucket and a prefix.
 *
 * An archive is written as `begin`, then its chunks under `chunkKey`, then `commit`;
 * that needs no right but PutObject. Without a `commit` that ended well it stays
 * unfinalized, and never counts as a backup.
 *
 * Throws {@link CatalogError} where an archive is at fault, the store's `StoreError` where the store is.
 */
export interface Catalog {
  /**
   * Announces the attempt (`started.json`). Say it before the first chunk: an
   * attempt that was never begun is not in any list.
   *
   * May be called again for the same attempt: what is stored already is left as it is.
   */
  begin(started: Started, options?: CallOptions): Promise<void>;

  /**
   * Where the chunk belongs in the store; the prefix is part of it.
   *
   * @param index from 1, in the order of the tar stream
   * @param suffix how to undo it: compression, then encryption, such as `.gz.gpg`, `.gpg`, or `""`
   */
  chunkKey(id: ArchiveId, index: number, suffix: string): string;

  /** `<host>.<number>.tar`: the whole tar's name in SHA256SUMS, and what names of chunks start with. */
  tarName(id: ArchiveId): string;

  /**
   * Makes the archive complete, or partial where the marker counts source errors: stores
   * the manifest, the sums, and last the marker. Every chunk must be stored before.
   *
   * May be called again with the same arguments after a failure. A manifest or marker
   * that is there already counts as stored if this Catalog began the attempt: its id is random
   * and nobody else's, so what is there is our own put whose answer was lost. Otherwise it
   * throws code `attempt-taken`, since what is there may be of another run.
   */
  commit(archive: Commit, options?: CallOptions): Promise<void>;

  /** Every archive, or one host's, by host and then by start, oldest first. Reads no object, lists no chunk. */
  list(options?: ListOptions): Promise<ArchiveSummary[]>;

  /** @throws {CatalogError} code `not-found`, `newer-format` or `damaged` */
  readManifest(id: ArchiveId, options?: CallOptions): Promise<Manifest>;

  /** @throws {CatalogError} code `not-found` (also where the archive is unfinalized), `newer-format` or `damaged` */
  readMarker(id: ArchiveId, options?: CallOptions): Promise<Marker>;

  /** Where the sealed SHA256SUMS are, whether or not they have been written. */
  sumsKey(id: ArchiveId): string;
}

/** What `commit` stores. */
export interface Commit {
  readonly manifest: Manifest;
  /** SHA256SUMS, sealed like a chunk. */
  readonly sealedSums: Uint8Array;
  readonly marker: Marker;
}

export interface ListOptions extends CallOptions {
  /** Exactly this host. */
  readonly host?: string;
  /** Told each key among the archives' that is none of ours. */
  readonly onStray?: (key: string) => void;
}

/** Only `complete` counts as a good backup; `partial`: the source had errors; `unfinalized`: no marker. */
export type ArchiveStatus = "complete" | "partial" | "unfinalized";

/** What the keys of an archive tell. */
export interface ArchiveSummary {
  readonly id: ArchiveId;
  readonly status: ArchiveStatus;
  readonly started: Date;
  /** By the store's clock. Not there while unfinalized, as `chunks` and `storedBytes`. */
  readonly finished?: Date;
  readonly chunks?: number;
  readonly storedBytes?: number;
  readonly hasManifest: boolean;
  readonly hasSums: boolean;
}
