import { createCipheriv } from "node:crypto";
import { createMixer, type Mixer, WINDOW } from "./mix-keystream.ts";

/** Bytes. */
export const AES_BLOCK = 16;

/**
 * AES-256-CFB with an initial vector of zeros, a window at a time. OpenSSL's own CFB takes half as much time
 * again as its CBC, and the one can be had from the other: what CFB mixes into a block is
 * the encryption of the block of ciphertext before, which CBC gives one block earlier.
 *
 *   CFB: C[i] = P[i] ^ K[i], K[i + 1] = E(C[i])
 *   CBC of 0, P[1], P[2], …: K[1] = E(0), K[i + 1] = E(P[i] ^ K[i])
 */
export class CfbCipher {
  readonly #mixer: Mixer = createMixer();
  readonly #cbc;
  /** Plaintext is put here, and becomes ciphertext. */
  readonly window: Buffer = this.#mixer.memory.subarray(0, WINDOW);
  /** Begins with what is mixed into the block that comes next. */
  readonly #keystream = this.#mixer.memory.subarray(WINDOW);

  constructor(key: Uint8Array) {
    const zeros = Buffer.alloc(AES_BLOCK);
    this.#cbc = createCipheriv("aes-256-cbc", key, zeros).setAutoPadding(false);
    this.#keystream.set(this.#cbc.update(zeros));
  }

  /** Encrypts the first bytes of the window: whole blocks, but for the stream's last ones. */
  encrypt(length: number): void {
    if (length === 0) return;
    const whole = length - (length % AES_BLOCK);
    const blocks = whole === WINDOW ? this.window : this.window.subarray(0, whole);
    this.#keystream.set(this.#cbc.update(blocks), AES_BLOCK);
    this.#mixer.mix(length);
    this.#keystream.copyWithin(0, whole, whole + AES_BLOCK);
  }
}
