import { randomBytes } from "node:crypto";
import { EncryptionError } from "../encryption-error.ts";
import type { EncryptedMessage } from "../encryptor.ts";
import { encryptInPlace, leadOf, TRAILER } from "../packets/encrypted-data.ts";
import type { SessionKeyPackets } from "../packets/session-key-packets.ts";

/** Bytes, for AES-256. */
const SESSION_KEY = 32;

/**
 * Encrypts a plaintext that {@link withRoom} returned, with a session key of its own, and overwrites it. Pauses now
 * and then, so that a thread with other work can do that.
 *
 * @throws {EncryptionError} code `encryption-failed`
 */
export async function* encryptMessage(
  plain: Uint8Array,
  packets: SessionKeyPackets,
): AsyncGenerator<void, EncryptedMessage> {
  try {
    const sessionKey = randomBytes(SESSION_KEY);
    const { clear, hidden } = leadOf(await packets.of(sessionKey), plain.length);
    const bytes = around(plain, clear.length + hidden.length);
    bytes.set(clear);
    bytes.set(hidden, clear.length);
    return { bytes, sha256: yield* encryptInPlace(bytes, clear.length, sessionKey) };
  } catch (error) {
    throw encryptionFailed(error);
  }
}

/** The plaintext with so many bytes before it, and {@link TRAILER} behind: in its own memory if that has room. */
function around(plain: Uint8Array, before: number): Uint8Array {
  const { buffer, byteOffset } = plain;
  const length = before + plain.length + TRAILER;
  if (byteOffset >= before) return new Uint8Array(buffer, byteOffset - before, length);
  const copy = new Uint8Array(length);
  copy.set(plain, before);
  return copy;
}

/** Whatever the encryption threw, as the error that this package promises. */
export function encryptionFailed(cause: unknown): EncryptionError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new EncryptionError(
    "encryption-failed",
    `Encryption failed: ${reason}`,
    "Report it with this line.",
    cause,
  );
}
