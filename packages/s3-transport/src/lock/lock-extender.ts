import type { CallOptions } from "../object-store.ts";

/** Moves the end of objects' locks: an interface of its own, since it needs a right that nothing else does (PutObjectRetention). */
export interface LockExtender {
  /**
   * Locks the object until `until`, in the mode of the location's `objectLock`. Locks are only
   * ever made longer: shortening one is `denied`. May be called again.
   *
   * @throws {StoreError}
   */
  extend(object: LockedObject, until: Date, options?: CallOptions): Promise<void>;
}

/** An object, or one version of it, whose lock is meant. */
export interface LockedObject {
  readonly key: string;
  /** The newest unless given. */
  readonly versionId?: string;
}
