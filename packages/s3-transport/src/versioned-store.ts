import type { CallOptions, DeleteFailure, ListOptions, StoredObject } from "./object-store.ts";

/**
 * What a bucket keeps of objects that were deleted or overwritten. An interface of its own
 * beside {@link ObjectStore}: not every store keeps versions, and few callers care.
 *
 * Errors are {@link StoreError}s. Every call may be made again.
 */
export interface VersionedStore {
  /** Whether a plain delete frees anything. What the store or the user's rights don't show is `unknown`. */
  protection(options?: CallOptions): Promise<BucketProtection>;

  /** Every version, and every delete marker, whose key starts with `prefix`, in the order of the keys' UTF-8 bytes. */
  listVersions(prefix: string, options?: ListOptions): AsyncIterable<StoredVersion>;

  /**
   * Deletes exactly these versions, for good. Deleting a delete marker brings back what it hides.
   * One that is not there counts as deleted. The answer names each that stayed, and why.
   */
  deleteVersions(
    versions: readonly ObjectVersion[],
    options?: CallOptions,
  ): Promise<readonly DeleteFailure[]>;
}

/** What a bucket does with deletes. */
export interface BucketProtection {
  /** `enabled` and `suspended` keep what was stored while enabled; `off` deletes. */
  readonly versioning: "off" | "enabled" | "suspended" | "unknown";
  /** Versions may be locked until a date: then nobody, or only a privileged user, deletes them. */
  readonly objectLock: boolean | "unknown";
}

/** One version of a key. */
export interface ObjectVersion {
  readonly key: string;
  readonly version: string;
}

/** A version, or a delete marker, as lists show it. */
export interface StoredVersion extends StoredObject, ObjectVersion {
  /** It holds no bytes, and hides the versions before it. */
  readonly deleteMarker: boolean;
  /** The newest of its key: what a plain list shows, unless it is a delete marker. */
  readonly latest: boolean;
}
