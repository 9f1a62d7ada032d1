import type { CallOptions, DeleteFailure } from "@backuppc-archive-s3/s3-transport";
import type { ArchiveId, ArchiveStatus, ChunkEntry, Head, Manifest } from "./archive.ts";
import type { DeleteOptions, DeleteOutcome } from "./delete/delete-outcome.ts";
import type { GcOutcome, GcPlan } from "./gc/gc-plan.ts";
import type { Inventory, InventoryOptions } from "./gc/inventory.ts";
import type { ReadableArchive } from "./readable/readable-archive.ts";
import type { Trust, TrustState } from "./trust.ts";
import type { VerifyOptions, VerifyReport } from "./verify/verify-report.ts";

/**
 * The archives in one store, for those who read and delete. `ArchiveWriter` is the other half. Keys are the store's:
 * one that was made by `withPrefix` has its archives in a part of a bucket.
 *
 * Nothing of the store is believed unproven: a head is what a trusted key has signed, and manifest,
 * sums and members are what the head has digests of.
 *
 * Throws {@link CatalogError} where an archive is at fault, the store's `StoreError` where the store is.
 * Every call may be made again. Records are read up to a limit of their size, never further.
 */
export interface Catalog {
  /**
   * Every archive, or one host's, by host and then by start, oldest first. Reads no object, lists no chunk.
   *
   * @throws {CatalogError} code `unsteady` if a steady list is asked for and there is none
   */
  list(options?: ListOptions): Promise<ArchiveSummary[]>;

  /**
   * Reads a head as it is: checked against its schema, its key and its marker's counts, by no signature.
   * For people to look at; `openArchive` is for all else.
   *
   * @throws {CatalogError} code `not-found`, `newer-format` or `damaged`
   */
  readHead(id: ArchiveId, options?: CallOptions): Promise<StoredHead>;

  /**
   * Reads a head, and says whether a trusted key has signed it.
   *
   * @throws {CatalogError} code `not-found`, `newer-format` or `damaged`; `refused` if the head contradicts
   *   `trust`, signed or not: stored in the clear, other recipients, another decompressor
   */
  openArchive(id: ArchiveId, trust: Trust, options?: CallOptions): Promise<OpenedArchive>;

  /** The same, for readers that need not know which program made the archive. Throws as `openArchive`. */
  open(id: ArchiveId, trust: Trust, options?: CallOptions): Promise<ReadableArchive>;

  /**
   * The manifest that the head has the digest of, and that agrees with it: the slices of the tar have neither
   * gap nor overlap, and the chunks are those that the head keeps.
   *
   * @throws {CatalogError} code `not-found`, `newer-format` or `damaged`
   */
  readManifest(head: Head, options?: CallOptions): Promise<Manifest>;

  /** The stored SHA256SUMS that the head has the digest of. @throws {CatalogError} code `not-found` or `damaged` */
  readSums(head: Head, options?: CallOptions): Promise<Uint8Array>;

  /** A part of the member index, as stored. @param part from 1 @throws {CatalogError} code `not-found` or `damaged` */
  readMembers(head: Head, part: number, options?: CallOptions): Promise<Uint8Array>;

  /** The data key's message with the highest serial; undefined if there is none. It is no part of what is signed. */
  readKey(id: ArchiveId, options?: CallOptions): Promise<StoredKey | undefined>;

  /** Deletes `KEY.n.gpg` with a serial below this one, once that one has been put. */
  dropKeys(id: ArchiveId, below: number, options?: CallOptions): Promise<DeleteOutcome>;

  /** The key of a chunk, for a URL. */
  chunkKey(host: string, name: string): string;

  /** The key of SHA256SUMS, for a URL. */
  sumsKey(head: Head): string;

  /** The key of a part of the member index, for a URL. @param part from 1 */
  membersKey(head: Head, part: number): string;

  /**
   * The chunk's stored bytes, of the version that the manifest names where it does.
   *
   * @throws {CatalogError} code `damaged` unless length and SHA-256 are the manifest's
   */
  readChunk(host: string, chunk: ChunkEntry, options?: CallOptions): Promise<Uint8Array>;

  /**
   * Compares archives with what lists show, without reading a chunk. Lists the chunks of each host once, and once more
   * where one lacks. Lists show lengths but no digests: those are checked by `readChunk`.
   *
   * @throws {CatalogError} code `unsteady` if the store has what its lists lack
   */
  verify(
    archives: readonly ArchiveSummary[],
    trust: Trust,
    options?: VerifyOptions,
  ): Promise<VerifyReport>;

  /**
   * Deletes an archive: the marker; sums, members, manifest and data key. Its head stays, since it holds
   * chunks that runs may be reusing, until gc finds its hold expired. An attempt without a head goes
   * whole. Chunks are freed by `collect`. Stopped anywhere, it leaves an incomplete archive, never a complete one with
   * holes; called again, it goes on. What the store would not delete is in the answer, not thrown.
   *
   * @throws {CatalogError} code `may-be-running` or `held`; `not-found` if nothing of it is there; `unsteady` if the
   *   store has a marker or head that lists lack
   */
  delete(id: ArchiveId, options?: DeleteOptions): Promise<DeleteOutcome>;

  /**
   * What the store holds of one host, for `planGc` and `assess`: lists its chunks, then reads its heads.
   * It must not take longer than `MARGIN_MS`. A head that was read before by this catalog is not read again.
   *
   * @throws {CatalogError} code `clock` if the store does not give the time; `unsteady` if lists contradict each other,
   *   or the store has a marker or head that they lack
   */
  takeInventory(host: string, trust: Trust, options?: InventoryOptions): Promise<Inventory>;

  /** Every host that has records or chunks, by name. Lists every key below `chunks/` and `archives/`. */
  listHosts(options?: InventoryOptions): Promise<string[]>;

  /**
   * Deletes canaries of chunk indexes that are so old that no run reuses a chunk of an index from then.
   *
   * @returns what the store would not delete
   * @throws {CatalogError} code `clock` if the store does not give the time
   */
  dropOldCanaries(options?: CallOptions): Promise<readonly DeleteFailure[]>;

  /**
   * Deletes what `planGc` found: chunks first, then the records of attempts. A plan that was made with the host's
   * lock needs it until the end; before, strike `plan.strike` from the chunk index, then put its next canary, so that
   * no copy of it from before is believed again. Stopped anywhere, the next gc goes on.
   */
  collect(plan: GcPlan, options?: Omit<DeleteOptions, "notRunning">): Promise<GcOutcome>;
}

/** What a list has in it, and how sure it is. */
export interface ListOptions extends CallOptions {
  /** Exactly this host. */
  readonly host?: string;
  /** Called with each key among the archives' that the program did not create. */
  readonly onUnknownKey?: (key: string) => void;
  /**
   * For those who decide by it: lists until nothing has vanished since the list before, so at least twice. What one list
   * leaves out is not gone.
   */
  readonly steady?: boolean;
}

/** What the keys of an archive show: enough for a table, and never for a decision. */
export interface ArchiveSummary {
  readonly id: ArchiveId;
  readonly status: ArchiveStatus;
  /** As the attempt's id says. */
  readonly started: Date;
  /** When the marker was stored, by the store's clock. Not there while incomplete, as the counts. */
  readonly finished?: Date;
  readonly chunks?: number;
  /** Of the chunks, each counted once. */
  readonly storedBytes?: number;
  /** Uploaded by this attempt; not known of legacy archives. */
  readonly newChunks?: number;
  readonly newBytes?: number;
  /** It has two markers, so nobody knows what it is. */
  readonly ambiguous: boolean;
  /** It was deleted, and its head still holds chunks: not for tables of archives. */
  readonly deleted: boolean;
}

/** A head as the store has it. */
export interface StoredHead {
  readonly head: Head;
  /** Exactly what was signed. */
  readonly bytes: Uint8Array;
  /** What the marker holds; undefined without a marker, or with two. */
  readonly signature?: Uint8Array;
  /** When it was stored, by the store's clock. */
  readonly modified: Date;
  /** When its marker was stored, by the store's clock. */
  readonly finished?: Date;
  /** How many markers there are, and whether the one agrees with the head. */
  readonly marker: "none" | "agrees" | "disagrees" | "several";
}

/** An archive that may be read: what its head says, and who signed it. */
export interface OpenedArchive {
  readonly head: Head;
  readonly trust: TrustState;
}

/** The data key's message, as stored. */
export interface StoredKey {
  readonly serial: number;
  readonly message: Uint8Array;
}
