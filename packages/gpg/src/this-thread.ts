import { setImmediate } from "node:timers/promises";
import { closedError } from "./encryption-error.ts";
import type { EncryptedMessage, Encryptor } from "./encryptor.ts";
import { checkPlain } from "./input/check-plain.ts";
import { encryptionFailed, encryptMessage, newSessionKey } from "./message/encrypt-message.ts";
import { withRoom } from "./message/with-room.ts";
import { publicKeyPackets } from "./public-keys/public-key-packets.ts";
import { checkRecipients, type Recipients } from "./recipients.ts";

/**
 * An encryptor that works in this thread, with pauses in which other events are handled.
 *
 * @throws {EncryptionError} code `empty-passphrase`, `no-recipient` or `invalid-input`
 *
 * @example
 * const encryptor = createEncryptor({ passphrase });
 * const { bytes, sha256 } = await encryptor.encrypt(await readFile("a.tar"));
 */
export function createEncryptor(recipients: Recipients): Encryptor {
  checkRecipients(recipients);
  const toPublicKeys = publicKeyPackets(recipients.publicKeys);
  const closing = new AbortController();
  const goOn = (signal: AbortSignal | undefined): void => {
    closing.signal.throwIfAborted();
    signal?.throwIfAborted();
  };
  const close = async (): Promise<void> => {
    closing.abort(closedError());
  };
  return {
    async encrypt(plain, options = {}) {
      const { signal, ownBuffer = false } = options;
      checkPlain(plain, options);
      goOn(signal);
      const room = withRoom(plain, ownBuffer);
      const sessionKey = newSessionKey();
      const publicPackets = await toPublicKeys(sessionKey).catch((error: unknown) => {
        throw encryptionFailed(error);
      });
      const steps = encryptMessage(room, { sessionKey, publicPackets }, recipients);
      return await encryptedBy(steps, () => goOn(signal));
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

async function encryptedBy(
  steps: Generator<void, EncryptedMessage>,
  goOn: () => void,
): Promise<EncryptedMessage> {
  for (;;) {
    const step = nextOf(steps);
    goOn();
    if (step.done === true) return step.value;
    await setImmediate();
    goOn();
  }
}

function nextOf(steps: Generator<void, EncryptedMessage>): IteratorResult<void, EncryptedMessage> {
  try {
    return steps.next();
  } catch (error) {
    throw encryptionFailed(error);
  }
}
