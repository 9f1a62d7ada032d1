import type { MessagePort } from "node:worker_threads";
import { messageOf } from "../message-of.ts";
import { encryptMessage, type MessageKey, type OwnedMessage } from "../message/encrypt-message.ts";
import type { Secrets } from "../packets/secret-packets.ts";

/** What the pool sends for each plaintext. */
export interface Job extends MessageKey {
  readonly plain: Uint8Array<ArrayBuffer>;
}

/** What it gets. Of an error only the text: its properties may not be cloneable. */
export type Answer = OwnedMessage | { readonly error: string };

/**
 * Encrypts the plaintexts that come from a pool, one after the other, and sends the messages back.
 *
 * @param collect V8's `gc`, where it has one: called after each step of the work
 */
export function serveJobs(port: MessagePort | null, secrets: Secrets, collect: unknown): void {
  port?.on("message", (job: Job) => {
    try {
      const message: Answer = encrypted(job, secrets, collect);
      port.postMessage(message, [message.bytes.buffer]);
    } catch (error) {
      port.postMessage({ error: messageOf(error) } satisfies Answer);
    }
  });
}

function encrypted({ plain, ...key }: Job, secrets: Secrets, collect: unknown): OwnedMessage {
  const steps = encryptMessage(plain, key, secrets);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    if (typeof collect === "function") collect({ type: "minor" });
  }
}
