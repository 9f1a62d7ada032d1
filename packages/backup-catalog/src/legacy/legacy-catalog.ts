import type { CallOptions } from "@backuppc-archive-s3/s3-transport";
import type { ArchiveId, Compression, Encryption } from "../archive.ts";
import type { ArchiveSummary, ListOptions } from "../catalog.ts";
import type { DeleteOptions, DeleteOutcome } from "../delete/delete-outcome.ts";
import type { ReadableArchive } from "../readable/readable-archive.ts";
import type { Finding } from "../verify/finding.ts";

/** The attempt id of all legacy archives, which knew no attempts. */
export const LEGACY_ATTEMPT = "legacy";

/**
 * The archives that the Python program left in one bucket: `<host>.<number>.tar[.aa…][.gpg]`, and last
 * `<host>.<number>.tar.COMPLETE`. They are listed, read and deleted; nothing is written that way.
 *
 * What takes an id looks at host and number alone.
 *
 * Throws {@link CatalogError} where an archive is at fault, the store's `StoreError` where the store is.
 */
export interface LegacyCatalog {
  /**
   * Every archive, or one host's, by host and then by time, oldest first. Lists every key of the
   * bucket, 1,000 a request; reads no object.
   */
  list(options?: ListOptions): Promise<LegacyArchive[]>;

  /** The archive for readers that need not know which program made it. Asks the store for nothing yet. */
  open(id: Backup): ReadableArchive;

  /** What COMPLETE says. @throws {CatalogError} code `not-found` or `damaged` */
  readMarker(id: Backup, options?: CallOptions): Promise<LegacyMarker>;

  /** Empty if all is well. Only gaps are seen: nothing says how many chunks there were, or their digests. */
  verify(id: Backup, options?: CallOptions): Promise<readonly Finding[]>;

  /**
   * Deletes an archive, COMPLETE first: stopped anywhere, it leaves an incomplete one, never a complete
   * one with holes; called again, it goes on. What the store would not delete is in the answer.
   */
  delete(
    id: Backup,
    options?: Omit<DeleteOptions, "purgeVersions" | "notRunning">,
  ): Promise<DeleteOutcome>;
}

/** BackupPC's name for what an archive is of. */
export type Backup = Pick<ArchiveId, "host" | "number">;

/**
 * What the keys of an archive show. Its times are the store's: `started` is when its first object was
 * stored. It is `complete` with COMPLETE and no gap in its chunks, `partial` with COMPLETE and gaps or
 * no chunk at all (what the Python program left after failed uploads and interrupted deletes), else `incomplete`.
 */
export interface LegacyArchive extends ArchiveSummary {
  readonly chunks: number;
  readonly storedBytes: number;
  /** None: chunks are compressed inside OpenPGP, and decrypting them undoes it. */
  readonly compression: Compression;
  /** By a passphrase, or null: the chunks are stored as they are. */
  readonly encryption: Encryption | null;
  readonly findings: readonly Finding[];
}

/** What COMPLETE says. */
export interface LegacyMarker {
  readonly started: Date;
  readonly finished: Date;
  readonly message: string;
}
