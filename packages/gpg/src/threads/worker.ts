// Runs in each thread of the pool: encrypts the plaintexts that come, one after the other, and sends the messages back.
import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import type { EncryptedMessage } from "../encryptor.ts";
import { encryptMessage } from "../message/encrypt-message.ts";
import { SessionKeyPackets } from "../packets/session-key-packets.ts";
import type { Recipients } from "../recipients.ts";

/** What the pool is sent for each plaintext. Of an error only the text: its properties may not be cloneable. */
export type Answer = EncryptedMessage | { readonly error: string };

// node:crypto returns each window in new memory. glibc gives what is freed of it back to the system and gets it again, page by page, for up
// to a quarter of the CPU time; after it has freed a block of this size once, it keeps twice as much.
Buffer.allocUnsafeSlow(4_194_304);

const recipients: Recipients = workerData;
const packets = new SessionKeyPackets(recipients);

parentPort?.on("message", (plain: Uint8Array) => {
  if (parentPort !== null) void answer(parentPort, plain);
});

async function answer(port: MessagePort, plain: Uint8Array): Promise<void> {
  try {
    const message = await encrypted(plain);
    const { buffer } = message.bytes;
    send(port, message, buffer instanceof ArrayBuffer ? [buffer] : []);
  } catch (error) {
    send(port, { error: error instanceof Error ? error.message : String(error) });
  }
}

function send(port: MessagePort, message: Answer, transferred: readonly ArrayBuffer[] = []): void {
  port.postMessage(message, transferred);
}

async function encrypted(plain: Uint8Array): Promise<EncryptedMessage> {
  const steps = encryptMessage(plain, packets);
  for (;;) {
    const step = await steps.next();
    if (step.done === true) return step.value;
  }
}
