/** The first partial length must be at least 512 bytes; all of ours are, and what is shorter waits for the end. */
const LEAST = 512;
/** 2^30 bytes is the largest that a partial length can say. */
const LARGEST_POWER = 30;

/**
 * Puts an OpenPGP packet of unknown length into partial lengths (RFC 4880,
 * section 4.2.2.4): powers of two, then a rest under its own length. Copies
 * nothing: what comes out are views of what went in.
 */
export class PartialLengths {
  /** What has not come out yet. */
  #waiting: Uint8Array[] = [];
  #length = 0;
  #header: Uint8Array[];

  /** @param tag the packet's first byte */
  constructor(tag: number) {
    this.#header = [Uint8Array.of(tag)];
  }

  /** The packet's next bytes, as far as they fill partial lengths. */
  add(parts: readonly Uint8Array[]): Uint8Array[] {
    for (const part of parts) this.#length += part.length;
    this.#waiting.push(...parts);
    const out = this.#header.splice(0);
    while (this.#length >= LEAST) {
      const power = Math.min(31 - Math.clz32(this.#length), LARGEST_POWER);
      out.push(Uint8Array.of(0xe0 | power), ...this.#take(2 ** power));
    }
    // A copy, lest a few bytes keep a whole block in memory.
    this.#waiting = this.#waiting.map((part) => part.slice());
    return out;
  }

  /** The rest, and the packet's end. */
  end(): Uint8Array[] {
    const length = this.#length;
    const ownLength =
      length < 192 ? [length] : [192 + ((length - 192) >> 8), (length - 192) & 0xff];
    return [...this.#header, Uint8Array.from(ownLength), ...this.#take(length)];
  }

  #take(length: number): Uint8Array[] {
    const taken: Uint8Array[] = [];
    for (let left = length; left > 0;) {
      const part = this.#waiting.shift();
      if (part === undefined) break;
      taken.push(part.subarray(0, left));
      if (part.length > left) this.#waiting.unshift(part.subarray(left));
      left -= Math.min(left, part.length);
    }
    this.#length -= length;
    return taken;
  }
}

/**
 * The parts in one piece, alone in its buffer.
 *
 * @param buffer is used if it has room for them
 */
export function joined(
  parts: readonly Uint8Array[],
  buffer: ArrayBufferLike = new ArrayBuffer(0),
): Uint8Array {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const whole =
    buffer.byteLength < length ? new Uint8Array(length) : new Uint8Array(buffer, 0, length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
