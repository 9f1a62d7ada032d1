import type { BlockReader } from "./block-reader.ts";
import type { RunningDigest } from "./running-digest.ts";

/** A body was left before its end, so there is no next chunk. Why it was left, its reader knows. */
export class UnreadBodyError extends Error {
  override readonly name = "UnreadBodyError";

  constructor() {
    super("The body of a chunk was not read to its end.");
  }
}

/**
 * The bytes of one chunk. A class and not a generator, because a generator
 * that is left before its first block does not notice.
 */
export class ChunkBody implements AsyncIterableIterator<Uint8Array> {
  /** Settles when the body has been read to its end, or can't be any more. */
  readonly ended: Promise<void>;
  readonly #reader: BlockReader;
  readonly #blockSize: number;
  readonly #digests: readonly RunningDigest[];
  #left: number;
  #settle: (failure?: unknown) => void = () => {};

  /** @param digests grow with the bytes that are read */
  constructor(
    reader: BlockReader,
    { chunkSize, blockSize }: { readonly chunkSize: number; readonly blockSize: number },
    digests: readonly RunningDigest[],
  ) {
    this.#reader = reader;
    this.#blockSize = blockSize;
    this.#digests = digests;
    this.#left = chunkSize;
    this.ended = new Promise((resolve, reject) => {
      this.#settle = (failure) => (failure === undefined ? resolve() : reject(failure));
    });
    // Whoever asks for the next chunk sees the rejection; nobody has to.
    this.ended.catch(() => {});
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<Uint8Array, undefined>> {
    try {
      const block = await this.#reader.read(Math.min(this.#blockSize, this.#left));
      if (block.length === 0) return this.#end();
      this.#left -= block.length;
      for (const digest of this.#digests) digest.add(block);
      return { done: false, value: block };
    } catch (error) {
      this.#settle(error);
      throw error;
    }
  }

  async return(): Promise<IteratorResult<Uint8Array, undefined>> {
    return this.#end(new UnreadBodyError());
  }

  #end(failure?: Error): IteratorResult<Uint8Array, undefined> {
    this.#left = 0;
    this.#settle(failure);
    return { done: true, value: undefined };
  }
}
