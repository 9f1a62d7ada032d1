import { isAnyArrayBuffer, isUint8Array } from "node:util/types";
import { invalidInput } from "../encryption-error.ts";
import type { EncryptOptions } from "../encryptor.ts";

/** Bytes: a packet's length has 32 bits, and its headers need some. */
const MOST = 2 ** 32 - 1024;

/**
 * Refuses what is no plaintext, so that it does not become a message of something else.
 *
 * @throws {EncryptionError} code `invalid-input`
 */
export function checkPlain(plain: Uint8Array, { signal, ownBuffer }: EncryptOptions): void {
  if (!isUint8Array(plain)) throw invalidInput("The plaintext is not a Uint8Array.");
  if (!isAttached(plain)) {
    throw invalidInput("The plaintext's memory was transferred to another owner.");
  }
  if (plain.length > MOST) throw invalidInput(`The plaintext is longer than ${MOST} bytes.`);
  if (signal !== undefined && !(signal instanceof AbortSignal)) {
    throw invalidInput("The signal is not an AbortSignal.");
  }
  if (ownBuffer !== undefined && typeof ownBuffer !== "boolean") {
    throw invalidInput("ownBuffer is neither true nor false.");
  }
}

/** Memory that was transferred leaves views of length 0, which look like an empty plaintext. */
function isAttached({ buffer, length }: Uint8Array): boolean {
  if (length > 0) return true;
  try {
    return isAnyArrayBuffer(buffer) && new Uint8Array(buffer).length >= 0;
  } catch {
    return false;
  }
}
