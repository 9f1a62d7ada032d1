/**
 * Where objects live: the one interface between this project and a store.
 *
 * Behaviour is added by wrapping a store in another (retry, rate limit, faults
 * in tests), never by flags. Every implementation and every wrapper runs the
 * contract suite beside the tests.
 *
 * Errors are {@link StoreError}s. `signal` stops a call with the signal's reason.
 */
export interface ObjectStore {
  /**
   * Stores an object whole, or not at all: a reader never sees half of one.
   * `body.open()` may be called again for each attempt of a wrapping retry.
   *
   * @throws {StoreError} code `exists` if `onlyIfAbsent` and the key is taken
   */
  put(key: string, body: ObjectBody, options?: PutOptions): Promise<void>;

  /** The object's bytes as they arrive. @throws {StoreError} code `not-found` */
  get(key: string, options?: CallOptions): Promise<AsyncIterable<Uint8Array>>;

  /** Every object whose key starts with `prefix`, in the order of the keys' UTF-8 bytes, page by page. */
  list(prefix: string, options?: CallOptions): AsyncIterable<StoredObject>;

  /** Deletes the objects; a key that is not there counts as deleted. The answer names each that stayed, and why. */
  delete(keys: readonly string[], options?: CallOptions): Promise<readonly DeleteFailure[]>;
}

/** What is stored: its length and digest are known before the first byte is sent. */
export interface ObjectBody {
  /** Bytes. */
  readonly length: number;
  /** SHA-256 of the body, lower-case hex: it is signed, so that the store checks what arrived. */
  readonly sha256: string;
  /** MD5 of the body, lower-case hex, where it is known: sent as Content-MD5, which some stores need for a lock. */
  readonly md5?: string;
  /** The bytes, from the first one, as often as it is called. */
  open(): AsyncIterable<Uint8Array>;
}

export interface CallOptions {
  readonly signal?: AbortSignal;
}

export interface PutOptions extends CallOptions {
  /** Sent as `If-None-Match: *`: refuse to overwrite. Asks for nothing where the store does not heed it. */
  readonly onlyIfAbsent?: boolean;
  readonly contentType?: string;
  /** Such as `STANDARD_IA`, by the store's own names; the bucket's own unless given. */
  readonly storageClass?: string;
}

export interface StoredObject {
  readonly key: string;
  /** Bytes. */
  readonly length: number;
  /** When it was stored, by the store's clock. */
  readonly modified: Date;
}

export interface DeleteFailure {
  readonly key: string;
  readonly reason: string;
}
