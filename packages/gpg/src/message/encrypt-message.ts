import { randomBytes } from "node:crypto";
import { EncryptionError } from "../encryption-error.ts";
import { messageOf } from "../message-of.ts";
import { encryptInPlace, leadOf, TRAILER } from "../packets/encrypted-data.ts";
import { joined } from "../packets/joined.ts";
import { type Secrets, secretPackets } from "../packets/secret-packets.ts";

/** A message's key of its own, for AES-256. */
export function newSessionKey(): Uint8Array {
  return randomBytes(32);
}

export interface MessageKey {
  /** From {@link newSessionKey}. */
  readonly sessionKey: Uint8Array;
  /** What holds it for each public key. */
  readonly publicPackets: Uint8Array;
}

/** An `EncryptedMessage` in memory that another thread can be given. */
export interface OwnedMessage {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly sha256: string;
}

/**
 * Encrypts a plaintext that {@link withRoom} returned, and overwrites it. Pauses now
 * and then, so that a thread with other work can do that.
 */
export function* encryptMessage(
  plain: Uint8Array<ArrayBuffer>,
  { sessionKey, publicPackets }: MessageKey,
  secrets: Secrets,
): Generator<void, OwnedMessage> {
  // The public keys first, as gpg does it: whoever has one is then not asked for the passphrase.
  const packets = joined([publicPackets, secretPackets(secrets, sessionKey)]);
  const { clear, hidden } = leadOf(packets, plain.length);
  const bytes = around(plain, clear.length + hidden.length);
  bytes.set(clear);
  bytes.set(hidden, clear.length);
  return { bytes, sha256: yield* encryptInPlace(bytes, clear.length, sessionKey) };
}

/** The plaintext with so many bytes before it, and {@link TRAILER} behind: in its own memory if that has room. */
function around(plain: Uint8Array<ArrayBuffer>, before: number): Uint8Array<ArrayBuffer> {
  const { buffer, byteOffset } = plain;
  const length = before + plain.length + TRAILER;
  if (byteOffset >= before) return new Uint8Array(buffer, byteOffset - before, length);
  const copy = new Uint8Array(length);
  copy.set(plain, before);
  return copy;
}

/** Whatever the encryption threw, as the error that this package promises. */
export function encryptionFailed(cause: unknown): EncryptionError {
  const message = `Encryption failed: ${messageOf(cause)}`;
  return new EncryptionError("encryption-failed", message, { cause });
}
