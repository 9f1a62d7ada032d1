/**
 * Makes OpenPGP messages that gpg 1.4 to 2.5 open: AES-256, integrity
 * protected by a modification detection code (SEIPD version 1), never an AEAD
 * dialect, not compressed, all lengths definite.
 */
export interface Encryptor {
  /**
   * Encrypts one message. Several may be encrypted at a time.
   *
   * @param plain at most 4 GiB less 1 KiB; it must not change until the promise is settled
   * @throws {EncryptionError} code `invalid-input`, `encryption-failed`, `worker-lost` or `closed`
   * @throws the signal's reason
   */
  encrypt(plain: Uint8Array, options?: EncryptOptions): Promise<EncryptedMessage>;

  /** Ends the worker threads. Messages that are being encrypted fail. May be called again. */
  close(): Promise<void>;

  [Symbol.asyncDispose](): Promise<void>;
}

/** How one message is encrypted. */
export interface EncryptOptions {
  /**
   * Rejects the message at once with the signal's reason. A thread that is encrypting it
   * finishes in the background and is then used for the next message.
   */
  readonly signal?: AbortSignal | undefined;
  /**
   * Nothing else uses the memory (`plain.buffer`) that `plain` is in, and the caller hands it over: `plain` is
   * unusable afterwards, whether or not the message succeeds. The message is then written into the same memory, without a copy,
   * if that has `ROOM_TO_ENCRYPT` bytes before `plain` and `ROOM_BEHIND` after it. Memory that cannot be
   * handed over (shared, or no larger than 64 KiB) is copied.
   */
  readonly ownBuffer?: boolean | undefined;
}

/** An OpenPGP message, binary. */
export interface EncryptedMessage {
  readonly bytes: Uint8Array;
  /** SHA-256 of `bytes`, lower-case hex. */
  readonly sha256: string;
}
