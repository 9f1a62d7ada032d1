import type { CallOptions } from "../object-store.ts";

/**
 * What a bucket is set to, beside the objects in it. Changes nothing but in
 * `checksums`. Each call needs a right of its own, so that one may be refused where others
 * are not.
 *
 * Throws {@link StoreError}s: `denied` without the right, `not-implemented` or `refused` where the store does not know of such a setting.
 */
export interface BucketInspector {
  /** What any answer shows, a refusal too. @throws {StoreError} code `unreachable` if none comes */
  answer(options?: CallOptions): Promise<BucketAnswer>;
  /** `enabled`: what is deleted or overwritten stays as an older version; `suspended`: what was so kept before still does. */
  versioning(options?: CallOptions): Promise<"off" | "enabled" | "suspended">;
  /** Undefined: objects are not locked. */
  objectLock(options?: CallOptions): Promise<DefaultLock | undefined>;
  /** What the store does with objects by itself. */
  lifecycle(options?: CallOptions): Promise<readonly LifecycleRule[]>;
  /**
   * Whether the store looks at `x-amz-checksum-sha256`: puts an object with a wrong one.
   * Where that is `ignored`, the object is there, and is the caller's to delete.
   */
  checksums(key: string, options?: CallOptions): Promise<"checked" | "ignored">;
}

/** What any answer of the store shows of it. */
export interface BucketAnswer {
  /** The store's clock less ours, in milliseconds; undefined if it does not say. */
  readonly clockAheadMs: number | undefined;
  /** Undefined if it does not say. */
  readonly region: string | undefined;
}

/** What new objects get by themselves. */
export interface DefaultLock {
  /** Undefined: nothing is locked unless that is asked for. */
  readonly mode: string | undefined;
  readonly days: number | undefined;
}

/** A rule by which the bucket deletes or moves objects itself. */
export interface LifecycleRule {
  /** Of the keys that it is for. */
  readonly prefix: string;
  /** Objects are deleted after so many days. */
  readonly expiresAfterDays: number | undefined;
  /** Uploads in parts that were left over are dropped after so many days. */
  readonly dropsUploadsAfterDays: number | undefined;
  /** Objects go to this storage class. */
  readonly movesTo: string | undefined;
}
