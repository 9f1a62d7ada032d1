import { createCipheriv } from "node:crypto";
import { createMixer, WINDOW } from "./mix-keystream.ts";

/** Bytes. */
export const AES_BLOCK = 16;

/** One for all messages of a thread: each use is over before the next begins. */
const { memory, mix } = createMixer();
const WINDOW_BYTES = memory.subarray(0, WINDOW);
const KEYSTREAM = memory.subarray(WINDOW);

/**
 * AES-256-CFB with an initial vector of zeros, in place, a window at a time. OpenSSL's own CFB takes half as much time
 * again as its CBC, and one can be computed from the other: what CFB xors with a block is
 * the encryption of the block of ciphertext before, which CBC gives one block earlier.
 *
 *   CFB: C[i] = P[i] ^ K[i], K[i + 1] = E(C[i])
 *   CBC of 0, P[1], P[2], …: K[1] = E(0), K[i + 1] = E(P[i] ^ K[i])
 */
export class CfbCipher {
  readonly #cbc;
  /** What the next block is xored with. */
  readonly #next: Buffer;

  constructor(key: Uint8Array) {
    const zeros = Buffer.alloc(AES_BLOCK);
    this.#cbc = createCipheriv("aes-256-cbc", key, zeros).setAutoPadding(false);
    this.#next = this.#cbc.update(zeros);
  }

  /** Encrypts at most {@link WINDOW} bytes where they are: whole blocks, but for the stream's last ones. */
  encrypt(bytes: Uint8Array): void {
    const { length } = bytes;
    if (length === 0) return;
    const whole = length - (length % AES_BLOCK);
    WINDOW_BYTES.set(bytes);
    KEYSTREAM.set(this.#next);
    KEYSTREAM.set(this.#cbc.update(WINDOW_BYTES.subarray(0, whole)), AES_BLOCK);
    mix(length);
    this.#next.set(KEYSTREAM.subarray(whole, whole + AES_BLOCK));
    bytes.set(length === WINDOW ? WINDOW_BYTES : WINDOW_BYTES.subarray(0, length));
  }
}
