import type { CallOptions } from "@backuppc-archive-s3/s3-transport";
import type { CanaryName } from "../keys.ts";
import type { ArchiveId, Head, HeadFacts, Manifest, Started } from "../archive.ts";

/**
 * The writing half of a catalog: it needs no right but PutObject.
 *
 * An archive is written as `begin`; its chunks (by the caller, under `chunkKey`); `putKey` and
 * `putMembers`; `commit`. Without a `commit` that ended well it stays incomplete, and never
 * counts as a backup.
 *
 * Everything is put `onlyIfAbsent`, since no name is written twice. What is there already counts
 * as this writer's own put whose answer was lost if this writer has begun the attempt and puts
 * the same bytes; otherwise the call throws code `attempt-taken`.
 *
 * Every call may be made again with the same arguments after a failure. Errors: {@link CatalogError}
 * where the archive is at fault, the store's `StoreError` where the store is.
 */
export interface ArchiveWriter {
  /**
   * Announces the attempt (`started.json`). To be called before the first chunk: an attempt that
   * was never begun is not in any list.
   *
   * @throws {CatalogError} code `invalid-archive`, also for a host whose archives could not be restored
   */
  begin(started: Started, options?: CallOptions): Promise<void>;

  /** The key of a chunk. @param name by `chunkName` */
  chunkKey(host: string, name: string): string;

  /**
   * Stores the data key's message, `KEY.<serial>.gpg`: 1 in an archive that this writer writes, the next
   * free one when a passphrase is changed. The highest counts.
   *
   * @param message the data key, encrypted with the passphrase
   */
  putKey(id: ArchiveId, serial: number, message: Uint8Array, options?: CallOptions): Promise<void>;

  /**
   * Stores a part of the member index, `members.0001.gz.gpg`.
   *
   * @param part from 1, without a gap
   * @returns its SHA-256, lower-case hex, for `memberDigests` and the sums
   */
  putMembers(
    id: ArchiveId,
    part: number,
    message: Uint8Array,
    options: MembersOptions,
  ): Promise<string>;

  /**
   * Makes the archive complete, or partial where the facts count source errors: manifest, sums,
   * `beforeHead`, head, `onHeadStored`, marker, in this order. Every chunk must be stored before, and
   * key and members must have been put.
   *
   * @throws {CatalogError} code `invalid-archive` if parts contradict each other; `too-large`
   */
  commit(archive: Commit, options?: CallOptions): Promise<Head>;

  /** Stores the public half of the uploader's signing key, armored, for people: no reader trusts it. */
  putUploaderKey(uploader: string, armored: string, options?: CallOptions): Promise<OnceOutcome>;

  /**
   * Puts a canary of a host's chunk index. Right after a canary's first put a second one must answer `exists`,
   * otherwise the store keeps none.
   */
  canary(
    uploader: string,
    host: string,
    name: CanaryName,
    options?: CallOptions,
  ): Promise<OnceOutcome>;
}

/** How a part of the member index is stored. */
export interface MembersOptions extends CallOptions {
  /** Whether the part is encrypted, which its name says. */
  readonly encrypted: boolean;
}

/** What became of a put that overwrites nothing. `unclear`: the key is taken, by this very put perhaps, an answer to which was lost. */
export type OnceOutcome = "stored" | "exists" | "unclear";

/** What `commit` stores. */
export interface Commit {
  readonly manifest: Manifest;
  /** SHA256SUMS by `sumsOf`, encrypted like a chunk unless the head's encryption is null. */
  readonly sums: Uint8Array;
  readonly head: HeadFacts;
  /** Digests of the parts of the member index, in order. */
  readonly memberDigests: readonly string[];
  /** Makes a detached signature of the head, binary. Called once for each head. */
  sign(head: Uint8Array): Promise<Uint8Array>;
  /**
   * Called when all but head and marker is stored: throws if the run has taken longer than
   * `LONGEST_RUN_MS`, or a reused chunk is protected no longer (`protectedUntil`).
   */
  beforeHead?(): void | Promise<void>;
  /** Called between head and marker: the chunk index learns the new holds. */
  onHeadStored?(head: Head): void | Promise<void>;
}
