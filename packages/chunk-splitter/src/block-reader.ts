/**
 * Reads a stream in blocks of an asked length, however the pieces arrive.
 *
 * Each block has memory of its own, so that it can be transferred to a worker.
 */
export class BlockReader {
  readonly #pieces: AsyncIterator<Uint8Array>;
  #rest: Uint8Array = new Uint8Array(0);

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#pieces = source[Symbol.asyncIterator]();
  }

  /** The next `length` bytes; fewer only at the stream's end, and none behind it. */
  async read(length: number): Promise<Uint8Array> {
    const block = new Uint8Array(length);
    let filled = 0;
    while (filled < length) {
      if (this.#rest.length === 0 && !(await this.#advance())) break;
      const taken = this.#rest.subarray(0, length - filled);
      block.set(taken, filled);
      filled += taken.length;
      this.#rest = this.#rest.subarray(taken.length);
    }
    return filled === length ? block : block.slice(0, filled);
  }

  /** True if the stream has no byte left. */
  async atEnd(): Promise<boolean> {
    return this.#rest.length === 0 && !(await this.#advance());
  }

  /** Tells the source that nothing more will be read. */
  async close(): Promise<void> {
    await this.#pieces.return?.();
  }

  async #advance(): Promise<boolean> {
    for (;;) {
      const { done, value } = await this.#pieces.next();
      if (done === true) return false;
      if (value.length === 0) continue;
      this.#rest = value;
      return true;
    }
  }
}
