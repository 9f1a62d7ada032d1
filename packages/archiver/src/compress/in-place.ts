/**
 * Puts what a compression puts out in the place of what it has read. Output that comes before there is room for it waits; since
 * compressed bytes are fewer, that is little.
 */
export class InPlace {
  readonly #memory: Uint8Array;
  #taken = 0;
  #written = 0;
  readonly #waiting: Uint8Array[] = [];

  /** @param memory begins with the plaintext */
  constructor(memory: Uint8Array) {
    this.#memory = memory;
  }

  /** So many bytes of the plaintext have been read. */
  taken(bytes: number): void {
    this.#taken = bytes;
    this.#settle();
  }

  put(piece: Uint8Array): void {
    this.#waiting.push(piece);
    this.#settle();
  }

  /** The whole output. All of the plaintext has been read. */
  finish(): Uint8Array {
    this.#taken = this.#memory.length;
    this.#settle();
    const inPlace = this.#memory.subarray(0, this.#written);
    if (this.#waiting.length === 0) return inPlace;
    const rest = this.#waiting.splice(0);
    const length = rest.reduce((sum, piece) => sum + piece.length, inPlace.length);
    // Alone in its memory, which encryption takes over.
    const all = new Uint8Array(length);
    let at = 0;
    for (const piece of [inPlace, ...rest]) {
      all.set(piece, at);
      at += piece.length;
    }
    return all;
  }

  #settle(): void {
    for (;;) {
      const [piece] = this.#waiting;
      if (piece === undefined || this.#written + piece.length > this.#taken) return;
      this.#memory.set(piece, this.#written);
      this.#written += piece.length;
      this.#waiting.shift();
    }
  }
}
