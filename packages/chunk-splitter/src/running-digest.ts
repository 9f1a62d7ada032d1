import { createHash } from "node:crypto";

/** What a stretch of the stream was: its length in bytes and its SHA-256, lower-case hex. */
export interface StreamDigest {
  readonly length: number;
  readonly sha256: string;
}

/** A digest that grows with the bytes that pass. */
export class RunningDigest {
  readonly #hash = createHash("sha256");
  #length = 0;

  add(bytes: Uint8Array): void {
    this.#hash.update(bytes);
    this.#length += bytes.length;
  }

  get length(): number {
    return this.#length;
  }

  /** The digest so far; the stretch may go on growing. */
  current(): StreamDigest {
    return { length: this.#length, sha256: this.#hash.copy().digest("hex") };
  }
}
