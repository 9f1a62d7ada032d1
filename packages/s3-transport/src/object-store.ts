/**
 * Where objects are kept: the one interface between this project and a store.
 *
 * Behaviour is added by wrapping a store in another (retry, rate limit, faults
 * in tests), never by flags. Every implementation and every wrapper runs the
 * suite of `@backuppc-archive-s3/s3-transport/contract`.
 *
 * Errors are {@link StoreError}s. `signal` stops a call with the signal's reason.
 */
export interface ObjectStore {
  /**
   * Stores an object whole, or not at all: a reader never sees half of one. It
   * resolves only when the store has confirmed the object.
   *
   * @throws {StoreError} code `exists` if `onlyIfAbsent` and the key is taken;
   *   `unconfirmed` if the answer is not one that a store gives for a stored object
   */
  put(key: string, body: ObjectBody, options?: PutOptions): Promise<PutReceipt>;

  /**
   * The object's bytes as they arrive.
   *
   * @throws {StoreError} code `not-found`; `unconfirmed` if the answer is not one that a store gives for an object
   */
  get(key: string, options?: GetOptions): Promise<AsyncIterable<Uint8Array>>;

  /**
   * Every object whose key starts with `prefix`, in the order of the keys' UTF-8 bytes, page by page.
   *
   * @throws {StoreError} code `unconfirmed` if an answer is no list, or cannot be the rest of this one
   */
  list(prefix: string, options?: ListOptions): AsyncIterable<StoredObject>;

  /** Deletes the objects; a key that is not there counts as deleted. The answer names each that stayed, and why. */
  delete(keys: readonly string[], options?: CallOptions): Promise<readonly DeleteFailure[]>;

  /**
   * The time now by the store's clock, to a second or so: the `Date` of its last successful
   * answer, or one of `exists`, plus the time since, by a clock that nobody sets. Undefined before the first.
   */
  now(): Date | undefined;
}

/** What is stored: whole, in memory, so that it can be sent again. Not to be changed until `put` has ended. */
export interface ObjectBody {
  readonly bytes: Uint8Array;
  /** SHA-256 of `bytes`, lower-case hex: it is signed, so that the store checks what arrived. */
  readonly sha256: string;
  /** MD5 of `bytes`, lower-case hex, where it is known: sent as Content-MD5, which some stores need for a lock. */
  readonly md5?: string;
}

/** What the store says of an object that it has stored. */
export interface PutReceipt {
  /** Names these very bytes, whatever else is stored under the key later; where the bucket keeps versions. */
  readonly versionId?: string;
}

/** What every call takes. */
export interface CallOptions {
  readonly signal?: AbortSignal;
}

/** Where a list begins. */
export interface ListOptions extends CallOptions {
  /** Only keys behind this one; it need not be there. */
  readonly after?: string;
}

/** What of an object is read. */
export interface GetOptions extends CallOptions {
  /** Bytes to leave out at the start, fewer than the object has; none unless given. */
  readonly from?: number;
  /** That of a {@link PutReceipt}; the newest unless given. */
  readonly versionId?: string;
}

/** How an object is stored. */
export interface PutOptions extends CallOptions {
  /** Sent as `If-None-Match: *`: refuse to overwrite. Asks for nothing where the store does not heed it. */
  readonly onlyIfAbsent?: boolean;
  readonly contentType?: string;
  /** Such as `STANDARD_IA`, by the store's own names; the bucket's own unless given. */
  readonly storageClass?: string;
  /** Where the store's location has an `objectLock`: locked until then; its days from the store's now unless given. */
  readonly lockUntil?: Date;
  /** Set by wrappers that limit or count what is sent. */
  readonly pace?: Pace;
}

/**
 * Asked before each portion of a body is sent: of so many bytes, how many may go, once
 * they may. At least one, and no more than asked. A wrapper asks its caller's own last,
 * and with what it allows itself, so that what the caller counts is what is sent.
 */
export type Pace = (wanted: number) => number | Promise<number>;

/** An object as lists show it. */
export interface StoredObject {
  readonly key: string;
  /** Bytes. */
  readonly length: number;
  /** When it was stored, by the store's clock. */
  readonly modified: Date;
}

/** An object that a delete has left, and why. */
export interface DeleteFailure {
  readonly key: string;
  readonly reason: string;
}
