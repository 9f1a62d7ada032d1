/** Bytes that a hash depends on: each shifts the ones before by a bit of 32. */
export const WINDOW = 32;

/**
 * The rolling hash of FastCDC in 32 bits. It cuts where the hash is below a
 * limit, so any mean is possible, not only powers of two.
 */
export class Gear {
  readonly #table: Int32Array;
  /** The hash is signed, and so is this: one comparison for both ends of the range. */
  readonly #limit: number;
  #hash = 0;

  /** @param mean bytes from one cut to the next, on average */
  constructor(table: Int32Array, mean: number) {
    this.#table = table;
    this.#limit = Math.ceil(2 ** 32 / mean) - 2 ** 31;
  }

  /** Forgets the bytes before. */
  restart(): void {
    this.#hash = 0;
  }

  /** Takes bytes in where no cut is allowed. */
  pass(bytes: Uint8Array, from: number, to: number): void {
    let hash = this.#hash;
    for (let at = from; at < to; at++)
      hash = ((hash << 1) + (this.#table[bytes[at] ?? 0] ?? 0)) | 0;
    this.#hash = hash;
  }

  /** Takes bytes in until a cut is due: where it is, or -1 if there is none up to `to`. */
  find(bytes: Uint8Array, from: number, to: number): number {
    const table = this.#table;
    const limit = this.#limit;
    let hash = this.#hash;
    let at = from;
    // Eight bytes a turn: the loop's own cost is a third of the work (measured).
    for (const last = to - 7; at < last; at += 8) {
      hash = ((hash << 1) + (table[bytes[at] ?? 0] ?? 0)) | 0;
      if (hash < limit) return at + 1;
      hash = ((hash << 1) + (table[bytes[at + 1] ?? 0] ?? 0)) | 0;
      if (hash < limit) return at + 2;
      hash = ((hash << 1) + (table[bytes[at + 2] ?? 0] ?? 0)) | 0;
      if (hash < limit) return at + 3;
      hash = ((hash << 1) + (table[bytes[at + 3] ?? 0] ?? 0)) | 0;
      if (hash < limit) return at + 4;
      hash = ((hash << 1) + (table[bytes[at + 4] ?? 0] ?? 0)) | 0;
      if (hash < limit) return at + 5;
      hash = ((hash << 1) + (table[bytes[at + 5] ?? 0] ?? 0)) | 0;
      if (hash < limit) return at + 6;
      hash = ((hash << 1) + (table[bytes[at + 6] ?? 0] ?? 0)) | 0;
      if (hash < limit) return at + 7;
      hash = ((hash << 1) + (table[bytes[at + 7] ?? 0] ?? 0)) | 0;
      if (hash < limit) return at + 8;
    }
    for (; at < to; at++) {
      hash = ((hash << 1) + (table[bytes[at] ?? 0] ?? 0)) | 0;
      if (hash < limit) return at + 1;
    }
    this.#hash = hash;
    return -1;
  }
}
