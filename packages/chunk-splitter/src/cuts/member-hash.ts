// Not by name: a Node that is too old for this program has no `hash`, and could not even say that it is too old.
import * as crypto from "node:crypto";

const SIZE_BYTES = 8;
/** Hex digits of a digest that make a number between 0 and 1 exactly. */
const DIGITS = 13;

/** A keyed hash of members' names and sizes. */
export class MemberHash {
  readonly #keyLength: number;
  /** Key, size and path side by side, for one digest over all. */
  #message: Uint8Array;

  constructor(key: Uint8Array) {
    this.#keyLength = key.length;
    this.#message = new Uint8Array(key.length + SIZE_BYTES + 4096);
    this.#message.set(key);
  }

  /** A number from 0 up to but not including 1: the same for the same path, size and key. */
  of(path: Uint8Array, size: number): number {
    const start = this.#keyLength + SIZE_BYTES;
    if (start + path.length > this.#message.length) this.#grow(start + path.length);
    writeSize(this.#message, this.#keyLength, size);
    this.#message.set(path, start);
    const digest = crypto.hash("sha256", this.#message.subarray(0, start + path.length), "hex");
    return Number.parseInt(digest.slice(0, DIGITS), 16) / 16 ** DIGITS;
  }

  #grow(length: number): void {
    const larger = new Uint8Array(length);
    larger.set(this.#message.subarray(0, this.#keyLength));
    this.#message = larger;
  }
}

function writeSize(message: Uint8Array, at: number, size: number): void {
  let rest = size;
  for (let index = at; index < at + SIZE_BYTES; index++) {
    message[index] = rest % 256;
    rest = Math.floor(rest / 256);
  }
}
