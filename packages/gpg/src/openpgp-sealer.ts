import { randomBytes } from "node:crypto";
import { digestPassing } from "./message-digest.ts";
import { encryptedData } from "./packets/encrypted-data.ts";
import { joined } from "./packets/joined.ts";
import { SessionKeyPackets } from "./packets/session-key-packets.ts";
import { type Recipients, refuseNoRecipient } from "./recipients.ts";
import { SealError } from "./seal-error.ts";
import type { SealedMessage, Sealer, SealOptions } from "./sealer.ts";
import { WatchedSource } from "./watched-source.ts";

/** Bytes, for AES-256. */
const SESSION_KEY_LENGTH = 32;

/**
 * A sealer that works in this thread.
 *
 * @throws {SealError} code `empty-passphrase` or `no-recipient`
 *
 * @example
 * const sealer = createSealer({ passphrase });
 * const message = sealer.seal(createReadStream("a.tar"));
 * for await (const piece of message.bytes) await file.write(piece);
 * console.log(message.digest().sha256);
 */
export function createSealer(recipients: Recipients): Sealer {
  refuseNoRecipient(recipients);
  const packets = new SessionKeyPackets(recipients);
  return {
    seal(plain: AsyncIterable<Uint8Array>, options: SealOptions = {}): SealedMessage {
      return digestPassing(encrypted(plain, packets, options));
    },
    async close() {},
  };
}

async function* encrypted(
  plain: AsyncIterable<Uint8Array>,
  packets: SessionKeyPackets,
  { signal, ownBlocks = false }: SealOptions,
): AsyncGenerator<Uint8Array> {
  const source = new WatchedSource(plain, signal);
  try {
    // A key and salt for each message: a salt used twice tells how the keys differ.
    const sessionKey = randomBytes(SESSION_KEY_LENGTH);
    yield joined([await packets.of(sessionKey)]);
    yield* encryptedData(source.pieces(), sessionKey, ownBlocks);
  } catch (error) {
    throw source.blame(encryptionFailed(error));
  }
}

/** What the encryption threw, as the error that this package promises. */
export function encryptionFailed(cause: unknown): SealError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new SealError(
    "encryption-failed",
    `Encryption failed: ${reason}`,
    "Report it with this line.",
    cause,
  );
}
