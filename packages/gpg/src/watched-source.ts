/**
 * The plaintext on its way into the encryption. Remembers why it broke off, so
 * that this is what the user is told, and not what the encryption made of it.
 */
export class WatchedSource {
  #failure: { readonly error: unknown } | undefined;
  readonly #plain: AsyncIterable<Uint8Array>;
  readonly #signal: AbortSignal | undefined;

  constructor(plain: AsyncIterable<Uint8Array>, signal?: AbortSignal) {
    this.#plain = plain;
    this.#signal = signal;
  }

  async *pieces(): AsyncGenerator<Uint8Array> {
    try {
      for await (const piece of this.#plain) {
        this.#signal?.throwIfAborted();
        yield piece;
      }
    } catch (error) {
      this.#failure = { error };
      throw error;
    }
  }

  /** The error of the plaintext if it had one, else the given one of the encryption. */
  blame(error: unknown): unknown {
    return this.#failure === undefined ? error : this.#failure.error;
  }
}
