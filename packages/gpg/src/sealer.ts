/**
 * Makes OpenPGP messages that gpg 1.4 to 2.5 open: AES-256, integrity
 * protected by a modification detection code (SEIPD version 1), never an AEAD
 * dialect, not compressed.
 */
export interface Sealer {
  /**
   * Seals one message. Nothing is read from `plain` before the message's bytes
   * are asked for; several messages may be sealed at a time.
   */
  seal(plain: AsyncIterable<Uint8Array>, options?: SealOptions): SealedMessage;

  /** Ends what the sealer holds (worker threads); messages under way fail. */
  close(): Promise<void>;
}

export interface SealOptions {
  /** Stops the message with the signal's reason. */
  readonly signal?: AbortSignal;
  /**
   * Each piece of the plaintext is alone in its buffer, and the buffer is the
   * sealer's to use. Nothing is copied then: the piece is unusable afterwards,
   * and the message comes in the same buffers where these have `ROOM_TO_SEAL`
   * bytes before the piece.
   */
  readonly ownBlocks?: boolean | undefined;
}

export interface SealedMessage {
  /** The message as it grows, to be read once. @throws {SealError} */
  readonly bytes: AsyncIterable<Uint8Array>;
  /** Length in bytes and SHA-256 (lower-case hex) of the whole message, once its bytes have been read to their end. */
  digest(): { readonly length: number; readonly sha256: string };
}
