/** Gives memory for a block of at most so many bytes; the block is a view of its start. */
export type Allocate = (length: number) => Uint8Array | Promise<Uint8Array>;

/** Reads a stream in blocks of an asked length, however the pieces arrive. */
export class BlockReader {
  readonly #pieces: AsyncIterator<Uint8Array>;
  readonly #allocate: Allocate;
  #rest: Uint8Array = new Uint8Array(0);

  /** @param allocate is asked for each block, only when there are bytes for it */
  constructor(source: AsyncIterable<Uint8Array>, allocate: Allocate = newMemory) {
    this.#pieces = source[Symbol.asyncIterator]();
    this.#allocate = allocate;
  }

  /** The next `length` bytes; fewer only at the stream's end, and none behind it. */
  async read(length: number): Promise<Uint8Array> {
    if (length === 0 || (await this.atEnd())) return new Uint8Array(0);
    const block = await this.#allocate(length);
    let filled = 0;
    while (filled < length) {
      if (this.#rest.length === 0 && !(await this.#advance())) break;
      const taken = this.#rest.subarray(0, length - filled);
      block.set(taken, filled);
      filled += taken.length;
      this.#rest = this.#rest.subarray(taken.length);
    }
    return block.subarray(0, filled);
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

function newMemory(length: number): Uint8Array {
  return new Uint8Array(length);
}
