// Runs in each thread of the pool: encrypts the plaintexts that come, one after the other, and sends the messages back. It loads nothing but
// node:crypto, since every thread loads it.
import { createHash } from "node:crypto";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
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

// node:crypto returns each window in new memory, of which V8 keeps some 30 MiB before it frees any: two threads would take
// almost half of what the process may take beside `memory`. Freed after each step, that is a few MiB, and a run takes no more CPU seconds.
setFlagsFromString("--expose-gc");
const collect: unknown = runInNewContext("gc");
// glibc would give freed memory back to the system and get it again, page by page, for up to a third of the CPU time; after it has freed a
// block of 4 MiB once, it keeps twice as much. A text is digested from such a block, which is freed at once.
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
      if (typeof collect === "function") collect({ type: "minor" });
    }
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}
