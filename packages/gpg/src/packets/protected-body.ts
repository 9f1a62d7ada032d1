import { createHash } from "node:crypto";
import { AES_BLOCK, CfbCipher } from "./cfb-cipher.ts";
import { copyBytes } from "./copy-bytes.ts";
import { WINDOW } from "./mix-keystream.ts";
import type { Sink } from "./partial-lengths.ts";

/** Tag and length of the modification detection code, which its own digest covers. */
const MDC_HEADER = Uint8Array.of(0xd3, 20);
/** Bytes of SHA-1. */
const DIGEST = 20;

/** What the packet protects: encrypted, with the modification detection code at its end. */
export class ProtectedBody {
  readonly #sink: Sink;
  readonly #cipher: CfbCipher;
  readonly #digest = createHash("sha1");
  /** Bytes of plaintext in the cipher's window. */
  #waits = 0;
  /** Bytes that were announced and have not been written yet. */
  #announced = 0;

  constructor(sessionKey: Uint8Array, sink: Sink) {
    this.#cipher = new CfbCipher(sessionKey);
    this.#sink = sink;
  }

  /**
   * Tells how many bytes will be written before more is announced.
   *
   * @returns how many bytes the sink is given for them: whole blocks
   */
  announce(length: number): number {
    this.#announced = length;
    return wholeBlocks(this.#waits + length);
  }

  write(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length;) {
      const part = bytes.subarray(at, at + WINDOW - this.#waits);
      copyBytes(part, this.#cipher.window, this.#waits);
      this.#waits += part.length;
      at += part.length;
      if (this.#waits === WINDOW) this.#seal(WINDOW);
    }
    this.#announced -= bytes.length;
    if (this.#announced === 0) this.#seal(wholeBlocks(this.#waits));
  }

  /** The same as {@link announce}, with the modification detection code behind. */
  announceEnd(length: number): number {
    this.#announced = length + MDC_HEADER.length;
    return this.#waits + length + MDC_HEADER.length + DIGEST;
  }

  end(): void {
    this.write(MDC_HEADER);
    const { window } = this.#cipher;
    this.#digest.update(window.subarray(0, this.#waits));
    window.set(this.#digest.digest(), this.#waits);
    const length = this.#waits + DIGEST;
    this.#cipher.encrypt(length);
    this.#sink(window.subarray(0, length));
  }

  /** Seals the first bytes of the window; what is behind them goes to its front. */
  #seal(length: number): void {
    const { window } = this.#cipher;
    const sealed = length === WINDOW ? window : window.subarray(0, length);
    this.#digest.update(sealed);
    this.#cipher.encrypt(length);
    this.#sink(sealed);
    window.copyWithin(0, length, this.#waits);
    this.#waits -= length;
  }
}

function wholeBlocks(length: number): number {
  return length - (length % AES_BLOCK);
}
