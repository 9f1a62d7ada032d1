import { CutError } from "./cut-error.ts";
import type { Allocate } from "./cut-options.ts";

const NONE: Uint8Array = new Uint8Array(0);

/** The chunk that is being filled. */
export class ChunkMemory {
  readonly #most: number;
  readonly #allocate: Allocate;
  #memory = NONE;
  /** Bytes of the chunk that were read before its memory was asked for. */
  #ahead = NONE;
  #offset = 0;
  #filled = 0;

  constructor(most: number, allocate: Allocate) {
    this.#most = most;
    this.#allocate = allocate;
  }

  /** True if the chunk has no memory yet, or lacks it for bytes that it has. */
  get isEmpty(): boolean {
    return this.#memory === NONE;
  }

  get hasBytes(): boolean {
    return this.#filled > 0;
  }

  /**
   * Gets the chunk's memory.
   *
   * @throws {CutError} code `invalid-input`: `allocate` gave too little
   */
  async fetch(): Promise<void> {
    const memory = await this.#allocate(this.#most);
    if (!(memory instanceof Uint8Array) || memory.length < this.#most) {
      throw new CutError("invalid-input", `allocate gave no Uint8Array of ${this.#most} bytes.`);
    }
    memory.set(this.#ahead);
    this.#ahead = NONE;
    this.#memory = memory;
  }

  /** Adds bytes behind those that are there. The memory has been fetched. */
  add(bytes: Uint8Array): void {
    this.#memory.set(bytes, this.#filled);
    this.#filled += bytes.length;
  }

  /**
   * The chunk up to a place in the stream; the bytes behind begin the next one. The memory has been fetched.
   * They are copied, since the caller may move the chunk's memory to another thread.
   */
  take(end: number = this.#offset + this.#filled): Chunk {
    const length = end - this.#offset;
    const chunk = { offset: this.#offset, bytes: this.#memory.subarray(0, length) };
    this.#ahead = this.#memory.slice(length, this.#filled);
    this.#filled -= length;
    this.#offset = end;
    this.#memory = NONE;
    return chunk;
  }
}

/** A slice of the stream, whole in memory. */
export interface Chunk {
  /** Bytes of the stream before this chunk. */
  readonly offset: number;
  /** The bytes: the start of what `allocate` gave. The cutter does not touch that memory again. */
  readonly bytes: Uint8Array;
}
