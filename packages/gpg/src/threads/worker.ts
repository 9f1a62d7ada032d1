// Runs in each thread of the pool: encrypts the plaintexts that come, one after the other, and sends the messages back. It loads nothing but
// node:crypto, since every thread loads it.
import { createHash } from "node:crypto";
import { parentPort, workerData } from "node:worker_threads";
import type { EncryptedMessage } from "../encryptor.ts";
import { encryptMessage, type MessageKey } from "../message/encrypt-message.ts";
import type { Secrets } from "../packets/secret-packets.ts";

/** What the pool sends for each plaintext. */
export interface Job extends MessageKey {
  readonly plain: Uint8Array;
}

/** What it gets. Of an error only the text: its properties may not be cloneable. */
export type Answer = EncryptedMessage | { readonly error: string };

// node:crypto returns each window in new memory. glibc gives what is freed of it back to the system and gets it again, page by page, for up
// to a third of the CPU time; after it has freed a block of 4 MiB once, it keeps twice as much. A text is digested from such a block,
// which is freed at once.
createHash("sha256").update("x".repeat(Math.ceil(4_194_304 / 3)));

const secrets: Secrets = workerData;

parentPort?.on("message", (job: Job) => {
  const answer = answerTo(job);
  const buffer = "bytes" in answer ? answer.bytes.buffer : undefined;
  parentPort?.postMessage(answer, buffer instanceof ArrayBuffer ? [buffer] : []);
});

function answerTo({ plain, ...key }: Job): Answer {
  try {
    const steps = encryptMessage(plain, key, secrets);
    for (;;) {
      const step = steps.next();
      if (step.done === true) return step.value;
    }
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}
