import { ReadableStream } from "node:stream/web";
import { digestPassing } from "./message-digest.ts";
import { SealError } from "./seal-error.ts";
import type { Recipients, SealedMessage, Sealer, SealOptions } from "./sealer.ts";
import { WatchedSource } from "./watched-source.ts";

/**
 * A sealer that works in this thread.
 *
 * @throws {SealError} code `empty-passphrase`
 *
 * @example
 * const sealer = createSealer({ passphrase });
 * const message = sealer.seal(createReadStream("a.tar"));
 * for await (const piece of message.bytes) await file.write(piece);
 * console.log(message.digest().sha256);
 */
export function createSealer(recipients: Recipients): Sealer {
  refuseEmptyPassphrase(recipients);
  return {
    seal(plain: AsyncIterable<Uint8Array>, { signal }: SealOptions = {}): SealedMessage {
      return digestPassing(encrypted(plain, recipients, signal));
    },
    async close() {},
  };
}

/** An empty passphrase protects nothing, and gpg asks again and again for it. */
export function refuseEmptyPassphrase({ passphrase }: Recipients): void {
  if (passphrase !== "") return;
  throw new SealError(
    "empty-passphrase",
    "The passphrase is empty.",
    "Set a passphrase in the configuration.",
  );
}

async function* encrypted(
  plain: AsyncIterable<Uint8Array>,
  { passphrase }: Recipients,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const source = new WatchedSource(plain, signal);
  try {
    const { createMessage, encrypt, enums } = await import("openpgp");
    const message = await createMessage({
      binary: ReadableStream.from(source.pieces()),
      format: "binary",
    });
    yield* await encrypt({
      message,
      passwords: [passphrase],
      format: "binary",
      config: {
        aeadProtect: false,
        preferredSymmetricAlgorithm: enums.symmetric.aes256,
        preferredCompressionAlgorithm: enums.compression.uncompressed,
      },
    });
  } catch (error) {
    throw source.blame(encryptionFailed(error));
  }
}

/** What openpgp threw, as the error that this package promises. */
export function encryptionFailed(cause: unknown): SealError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new SealError(
    "encryption-failed",
    `Encryption failed: ${reason}`,
    "Report it with this line.",
    cause,
  );
}
