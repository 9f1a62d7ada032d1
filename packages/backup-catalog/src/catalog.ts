import type { CallOptions } from "@backuppc-archive-s3/s3-transport";
import type { ArchiveStatus } from "./archive-status.ts";
import type { ArchiveId, ChunkEntry, Manifest, Marker, Started } from "./archive.ts";
import type { DeleteOptions, DeleteOutcome } from "./delete/delete-outcome.ts";
import type { Garbage, Holding, InventoryOptions } from "./gc/garbage.ts";
import type { Finding } from "./verify/finding.ts";

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
   * Says that an attempt goes on that was begun by an earlier run: stores `started.json` anew. By its date
   * `gc` sees that the attempt lives, so say it before chunks of the earlier run are relied on.
   */
  resume(started: Started, options?: CallOptions): Promise<void>;

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

  /**
   * Deletes an archive: marker, manifest and sums, chunks, `started.json`. Stopped anywhere, it leaves
   * an unfinalized archive, never a complete one with holes; called again, it goes on. What the
   * store would not delete is in the answer, not thrown.
   */
  delete(id: ArchiveId, options?: DeleteOptions): Promise<DeleteOutcome>;

  /** What the store holds, by archive, for `planGc`. Lists every key: a request for 1,000. */
  takeInventory(options?: InventoryOptions): Promise<readonly Holding[]>;

  /**
   * Deletes what `planGc` found to be garbage. Undefined, and nothing deleted, if its archive has got a
   * marker or a younger record since the inventory.
   */
  collect(garbage: Garbage, options?: DeleteOptions): Promise<DeleteOutcome | undefined>;

  /**
   * Compares the manifest with what lists tell, without reading a chunk: empty if all is well. Lists tell
   * lengths but no digests: those are checked by `readChunk`.
   */
  verify(id: ArchiveId, options?: CallOptions): Promise<readonly Finding[]>;

  /**
   * The chunk's stored bytes as they come. After the last one it throws, code `damaged`, unless their
   * length and SHA-256 are the manifest's: trust nothing before the end.
   */
  readChunk(chunk: ChunkEntry, options?: CallOptions): AsyncIterable<Uint8Array>;
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
