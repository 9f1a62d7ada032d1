import { Worker } from "node:worker_threads";
import { invalidInput } from "../encryption-error.ts";
import type { Encryptor } from "../encryptor.ts";
import { checkPlain } from "../input/check-plain.ts";
import { encryptionFailed, newSessionKey } from "../message/encrypt-message.ts";
import { withRoom } from "../message/with-room.ts";
import { publicKeyPackets } from "../public-keys/public-key-packets.ts";
import { checkRecipients, type Recipients } from "../recipients.ts";
import { encryptInThread } from "./encrypt-in-thread.ts";
import { Threads } from "./threads.ts";

/** How many threads there are, and what they run. */
export interface EncryptorPoolOptions {
  /** Threads, each encrypting one message at a time; one for each CPU is best. A whole number from 1 to 1024. */
  readonly workers: number;
  /**
   * The module that a thread runs, `@backuppc-archive-s3/gpg/worker` unless given.
   * A program bundled into one file gives that module, bundled by itself, as a `data:` URL.
   */
  readonly workerFile?: URL | undefined;
}

/**
 * An encryptor that works in threads. The first thread starts at once, the others when they are needed.
 *
 * @throws {EncryptionError} code `empty-passphrase`, `no-recipient`, `invalid-input` or `worker-lost`
 */
export function createEncryptorPool(
  recipients: Recipients,
  { workers, workerFile = new URL("./worker.js", import.meta.url) }: EncryptorPoolOptions,
): Encryptor {
  checkRecipients(recipients);
  checkThreads(workers, workerFile);
  const { publicKeys, ...secrets } = recipients;
  const threads = new Threads(workers, () => new Worker(workerFile, { workerData: secrets }));
  const toPublicKeys = publicKeyPackets(publicKeys);
  return {
    async encrypt(plain, options = {}) {
      const { signal, ownBuffer = false } = options;
      checkPlain(plain, options);
      const sessionKey = newSessionKey();
      const publicPackets = await toPublicKeys(sessionKey).catch((error: unknown) => {
        throw encryptionFailed(error);
      });
      return await threads.lend(signal, async (worker) => {
        // Once more: its memory may have been transferred while it waited for the thread.
        checkPlain(plain, options);
        const job = { plain: withRoom(plain, ownBuffer), sessionKey, publicPackets };
        return await encryptInThread(worker, threads, job);
      });
    },
    close: () => threads.close(),
    [Symbol.asyncDispose]: () => threads.close(),
  };
}

const MOST_THREADS = 1024;

function checkThreads(workers: number, workerFile: URL): void {
  if (!Number.isInteger(workers) || workers < 1 || workers > MOST_THREADS) {
    throw invalidInput(`The number of threads is not a whole number from 1 to ${MOST_THREADS}.`);
  }
  if (!(workerFile instanceof URL)) throw invalidInput("The worker file is not a URL.");
}
