import { type Cipher, createCipheriv, createHash } from "node:crypto";

const WORDS = 4096;
const LETTERS = "etaoinshrdlucmfwypvbgk";

/** Numbers, bytes and text that look random and are the same for the same seed. */
export class Seeded {
  readonly #stream: Cipher;
  readonly #words: readonly string[];

  constructor(seed: string) {
    const key = createHash("sha256").update(seed).digest();
    this.#stream = createCipheriv("aes-256-ctr", key, Buffer.alloc(16));
    this.#words = Array.from({ length: WORDS }, () => this.#word());
  }

  /** A whole number from 0 up to, but not including, `limit`. */
  below(limit: number): number {
    return this.bytes(4).readUInt32LE() % limit;
  }

  /** A length in bytes, as often between 1 and 2 kB as between 100 and 200 kB. */
  length(least: number, most: number): number {
    const part = this.bytes(4).readUInt32LE() / 2 ** 32;
    return Math.round(least * (most / least) ** part);
  }

  /** One of them. @throws {RangeError} where there is none */
  of<Item>(items: readonly Item[]): Item {
    const item = items[this.below(items.length)];
    if (item === undefined) throw new RangeError("There is nothing to choose from.");
    return item;
  }

  /** Bytes that nothing compresses. */
  bytes(length: number): Buffer {
    return this.#stream.update(Buffer.alloc(length));
  }

  /** Lines of words, which gzip halves and more. */
  text(length: number): Buffer {
    const text = Buffer.alloc(length, "\n");
    let at = 0;
    while (at < length) {
      const picked = this.bytes(4096);
      let line = "";
      for (let byte = 0; byte < picked.length; byte += 2) {
        const word = this.#words[picked.readUInt16LE(byte) % WORDS] ?? "";
        line += byte % 24 === 22 ? `${word}\n` : `${word} `;
      }
      at += text.write(line, at, "latin1");
    }
    return text;
  }

  #word(): string {
    const picked = [...this.bytes(2 + this.below(8))];
    return picked.map((byte) => LETTERS[byte % LETTERS.length] ?? "").join("");
  }
}
