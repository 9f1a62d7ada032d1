import type { CallOptions } from "@backuppc-archive-s3/s3-transport";
import type { ArchiveId, Compression, Encryption, Head } from "../archive.ts";
import type { TrustState } from "../trust.ts";

/**
 * An archive that is open for reading, whichever program made it. What it says and gives belongs to the head that was
 * read when it was opened.
 *
 * Throws {@link CatalogError} where the archive is at fault, the store's `StoreError` where the store is. Every call may be made again.
 */
export interface ReadableArchive {
  readonly id: ArchiveId;
  /** `legacy`: nothing of it is signed. */
  readonly trust: TrustState | { readonly state: "legacy" };
  /** What is signed; undefined where nothing is. */
  readonly head: Head | undefined;

  /** What is known of it without its chunks. @throws {CatalogError} code `not-found` or `damaged` */
  describe(options?: CallOptions): Promise<ArchiveDescription>;

  /** What a restore needs. @throws {CatalogError} code `not-found`, `newer-format` or `damaged` */
  contents(options?: CallOptions): Promise<ArchiveContents>;

  /**
   * A chunk as it is stored.
   *
   * @throws {CatalogError} code `damaged` unless length and SHA-256 are those of the contents, where they are known
   */
  readChunk(chunk: ContentChunk, options?: CallOptions): Promise<AsyncIterable<Uint8Array>>;
}

/** What is known of an archive without its chunks. */
export interface ArchiveDescription {
  /** Undefined where only lists are known. */
  readonly started: Date | undefined;
  /** None where chunks are compressed inside OpenPGP: decrypting them undoes it. */
  readonly compression: Compression;
  readonly encryption: Encryption | null;
  /** The program that made it. */
  readonly tool: string;
}

/** What a restore needs of an archive. */
export interface ArchiveContents extends Pick<ArchiveDescription, "compression" | "encryption"> {
  /** Bytes of the whole tar, where they are known. */
  readonly tarBytes?: number;
  /** In the order of the tar stream, repeats included; at least one. */
  readonly chunks: readonly ContentChunk[];
  /** The object that has the sums, and the digests that it is known by; legacy archives have none. */
  readonly sums?: { readonly key: string; readonly sha256: string; readonly manifest: string };
  /** The parts of the member index, in order; legacy archives have none. */
  readonly members?: readonly { readonly key: string; readonly sha256: string }[];
  /** The data key's message, where a passphrase opens it. */
  readonly dataKey?: Uint8Array;
}

/** A chunk of an archive's contents. */
export interface ContentChunk {
  /** As the store has it that the archive was opened in. */
  readonly key: string;
  /** The version that was stored, where the store keeps versions. */
  readonly versionId?: string;
  /** Bytes of the tar that it holds, where they are known. */
  readonly tarLength?: number;
  /** Bytes. */
  readonly storedLength: number;
  /** SHA-256 of the stored bytes, lower-case hex, where it is known. */
  readonly sha256?: string;
}
