/** Characters that stand behind the token at most. */
const REST = 32;

/** Output of a program that a known word and some more text, up to a line feed, stand behind. */
export class TrailedOutput {
  readonly #token: string;
  readonly #onOutput: (piece: Uint8Array) => void;
  /** Bytes that may be part of what stands behind. */
  readonly #hold: number;
  #held: Buffer = Buffer.alloc(0);

  constructor(token: string, onOutput: (piece: Uint8Array) => void) {
    this.#token = token;
    this.#onOutput = onOutput;
    this.#hold = token.length + REST;
  }

  /** Gives what stands behind the token, once it has come. Nothing may come after that. */
  add(piece: Buffer): string | undefined {
    this.#pass(piece);
    const text = this.#held.toString("latin1");
    const at = text.lastIndexOf(this.#token);
    if (at === -1 || !text.endsWith("\n")) return undefined;
    if (at > 0) this.#onOutput(this.#held.subarray(0, at));
    this.#held = Buffer.alloc(0);
    return text.slice(at + this.#token.length).trim();
  }

  #pass(piece: Buffer): void {
    if (piece.length < this.#hold) {
      const all = Buffer.concat([this.#held, piece]);
      const passing = Math.max(0, all.length - this.#hold);
      if (passing > 0) this.#onOutput(all.subarray(0, passing));
      this.#held = all.subarray(passing);
      return;
    }
    if (this.#held.length > 0) this.#onOutput(this.#held);
    this.#onOutput(piece.subarray(0, piece.length - this.#hold));
    // A copy, since the piece is the receiver's.
    this.#held = Buffer.from(piece.subarray(piece.length - this.#hold));
  }
}
