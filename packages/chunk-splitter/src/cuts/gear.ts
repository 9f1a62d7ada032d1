import { viewOf } from "./view-of.ts";

/** Bytes that a hash depends on: each shifts the ones before by a bit of 32. */
export const WINDOW = 32;

/**
 * The rolling hash of FastCDC in 32 bits. It cuts where the hash is below a
 * limit, so any mean is possible, not only powers of two.
 */
export class Gear {
  readonly #table: DataView;
  /** The hash is signed, and so is this: one comparison for both ends of the range. */
  readonly #limit: number;
  #hash = 0;

  /**
   * @param table a number of 32 bits for each byte, little-endian
   * @param mean bytes from one cut to the next, on average
   */
  constructor(table: DataView, mean: number) {
    this.#table = table;
    this.#limit = Math.ceil(2 ** 32 / mean) - 2 ** 31;
  }

  /** Forgets the bytes before. */
  restart(): void {
    this.#hash = 0;
  }

  /** Takes bytes in where no cut is allowed. */
  pass(bytes: Uint8Array, from: number, to: number): void {
    const table = this.#table;
    const view = viewOf(bytes);
    let hash = this.#hash;
    for (let at = from; at < to; at++)
      hash = ((hash << 1) + table.getInt32(view.getUint8(at) << 2, true)) | 0;
    this.#hash = hash;
  }

  /** Takes bytes in until a cut is due: where it is, or -1 if there is none up to `to`. */
  find(bytes: Uint8Array, from: number, to: number): number {
    const table = this.#table;
    const view = viewOf(bytes);
    const limit = this.#limit;
    let hash = this.#hash;
    let at = from;
    // Eight bytes a turn: the loop's own cost is a third of the work (measured).
    for (const last = to - 7; at < last; at += 8) {
      hash = ((hash << 1) + table.getInt32(view.getUint8(at) << 2, true)) | 0;
      if (hash < limit) return at + 1;
      hash = ((hash << 1) + table.getInt32(view.getUint8(at + 1) << 2, true)) | 0;
      if (hash < limit) return at + 2;
      hash = ((hash << 1) + table.getInt32(view.getUint8(at + 2) << 2, true)) | 0;
      if (hash < limit) return at + 3;
      hash = ((hash << 1) + table.getInt32(view.getUint8(at + 3) << 2, true)) | 0;
      if (hash < limit) return at + 4;
      hash = ((hash << 1) + table.getInt32(view.getUint8(at + 4) << 2, true)) | 0;
      if (hash < limit) return at + 5;
      hash = ((hash << 1) + table.getInt32(view.getUint8(at + 5) << 2, true)) | 0;
      if (hash < limit) return at + 6;
      hash = ((hash << 1) + table.getInt32(view.getUint8(at + 6) << 2, true)) | 0;
      if (hash < limit) return at + 7;
      hash = ((hash << 1) + table.getInt32(view.getUint8(at + 7) << 2, true)) | 0;
      if (hash < limit) return at + 8;
    }
    for (; at < to; at++) {
      hash = ((hash << 1) + table.getInt32(view.getUint8(at) << 2, true)) | 0;
      if (hash < limit) return at + 1;
    }
    this.#hash = hash;
    return -1;
  }
}
