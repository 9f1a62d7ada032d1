/** The first partial length must be at least 512 bytes; all of ours are, and what is shorter waits for the end. */
const LEAST = 512;
/** 2^30 bytes is the largest that a partial length can say. */
const LARGEST_POWER = 30;

/** Takes bytes, which are its caller's again when it returns. */
export type Sink = (bytes: Uint8Array) => void;

/**
 * Puts an OpenPGP packet of unknown length into partial lengths (RFC 4880,
 * section 4.2.2.4): powers of two, then a rest under its own length. Copies
 * nothing but what waits.
 */
export class PartialLengths {
  readonly #sink: Sink;
  /** The tag, until it has been passed. */
  #tag: Uint8Array;
  readonly #waiting = new Uint8Array(LEAST);
  #waits = 0;
  /** Bytes that were announced and are in no partial length yet. */
  #announced = 0;
  /** Bytes that the last partial length has still to get. */
  #left = 0;

  constructor(tag: number, sink: Sink) {
    this.#tag = Uint8Array.of(tag);
    this.#sink = sink;
  }

  /**
   * Tells how many bytes will be written before more is announced.
   *
   * @returns how many bytes the sink is given for them
   */
  announce(length: number): number {
    this.#announced = this.#waits + length;
    let passed = this.#tag.length;
    for (let left = this.#announced; left >= LEAST; left -= largestPart(left)) {
      passed += 1 + largestPart(left);
    }
    return passed;
  }

  write(bytes: Uint8Array): void {
    this.#sink(this.#tag);
    this.#tag = NONE;
    if (this.#waits > 0 && this.#announced >= LEAST) {
      const waited = this.#waiting.slice(0, this.#waits);
      this.#waits = 0;
      this.#pass(waited);
    }
    this.#pass(bytes);
  }

  /** How many bytes the sink is given at the end. */
  get endLength(): number {
    return this.#ownLength().length + this.#waits;
  }

  /** The rest, and the packet's end. */
  end(): void {
    this.#sink(this.#ownLength());
    this.#sink(this.#waiting.subarray(0, this.#waits));
  }

  #pass(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length;) {
      if (this.#left === 0 && this.#announced < LEAST) {
        this.#wait(bytes.subarray(at));
        return;
      }
      if (this.#left === 0) this.#begin();
      const part = bytes.subarray(at, at + this.#left);
      this.#sink(part);
      this.#left -= part.length;
      at += part.length;
    }
  }

  #begin(): void {
    this.#left = largestPart(this.#announced);
    this.#announced -= this.#left;
    this.#sink(Uint8Array.of(0xe0 | Math.log2(this.#left)));
  }

  #wait(bytes: Uint8Array): void {
    this.#waiting.set(bytes, this.#waits);
    this.#waits += bytes.length;
  }

  #ownLength(): Uint8Array {
    const length = this.#waits;
    if (length < 192) return Uint8Array.of(length);
    return Uint8Array.of(192 + ((length - 192) >> 8), (length - 192) & 0xff);
  }
}

const NONE = new Uint8Array(0);

function largestPart(length: number): number {
  return 2 ** Math.min(31 - Math.clz32(length), LARGEST_POWER);
}
