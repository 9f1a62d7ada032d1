/** Bytes of a name that are kept. No file system has longer ones. */
const LONGEST = 1_048_576;

/** Bytes that arrive in parts, up to a limit: more than that are counted as none. */
export class BoundedBytes {
  #bytes: Uint8Array = new Uint8Array(256);
  #length = 0;

  add(part: Uint8Array): void {
    const length = this.#length + part.length;
    if (length <= LONGEST) {
      if (length > this.#bytes.length) this.#grow(length);
      this.#bytes.set(part, this.#length);
    }
    this.#length = length;
  }

  /** A copy of all that was added; undefined if it was too much. */
  take(): Uint8Array | undefined {
    return this.#length > LONGEST ? undefined : this.#bytes.slice(0, this.#length);
  }

  #grow(length: number): void {
    const larger = new Uint8Array(Math.max(length, this.#bytes.length * 2));
    larger.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = larger;
  }
}
