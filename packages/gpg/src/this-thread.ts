import { setImmediate } from "node:timers/promises";
import { closedError } from "./closed-error.ts";
import type { EncryptedMessage, Encryptor, EncryptOptions } from "./encryptor.ts";
import { checkPlain } from "./input/check-plain.ts";
import { encryptMessage } from "./message/encrypt-message.ts";
import { withRoom } from "./message/with-room.ts";
import { SessionKeyPackets } from "./packets/session-key-packets.ts";
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
  const packets = new SessionKeyPackets(recipients);
  const closing = new AbortController();
  const close = async (): Promise<void> => {
    closing.abort(closedError());
  };
  return {
    async encrypt(plain, options = {}) {
      checkPlain(plain, options);
      return await encryptHere(plain, packets, options, closing.signal);
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

async function encryptHere(
  plain: Uint8Array,
  packets: SessionKeyPackets,
  { signal, ownBuffer = false }: EncryptOptions,
  closing: AbortSignal,
): Promise<EncryptedMessage> {
  const goOn = (): void => {
    closing.throwIfAborted();
    signal?.throwIfAborted();
  };
  goOn();
  const steps = encryptMessage(withRoom(plain, ownBuffer), packets);
  for (;;) {
    const step = await steps.next();
    goOn();
    if (step.done === true) return step.value;
    await setImmediate();
    goOn();
  }
}
