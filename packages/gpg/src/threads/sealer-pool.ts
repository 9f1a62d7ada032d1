import { MessageChannel, Worker } from "node:worker_threads";
import { type MessageDigest, told } from "../message-digest.ts";
import { encryptionFailed } from "../openpgp-sealer.ts";
import { type Recipients, refuseNoRecipient } from "../recipients.ts";
import type { SealedMessage, Sealer, SealOptions } from "../sealer.ts";
import { WatchedSource } from "../watched-source.ts";
import { receivePieces, sendPieces } from "./piece-port.ts";
import { Threads } from "./threads.ts";
import type { SealJob } from "./worker.ts";

export interface SealerPoolOptions {
  /** Threads, each sealing one message at a time: one for each CPU is best. */
  readonly workers: number;
  /**
   * The module that a thread runs, `@backuppc-archive-s3/gpg/worker` unless given.
   * A program bundled into one file gives its own, and imports that module there.
   */
  readonly workerFile?: URL;
}

/**
 * A sealer that works in threads.
 *
 * @throws {SealError} code `empty-passphrase`, `no-recipient` or `worker-lost`
 */
export function createSealerPool(
  recipients: Recipients,
  { workers, workerFile = new URL("./worker.js", import.meta.url) }: SealerPoolOptions,
): Sealer {
  refuseNoRecipient(recipients);
  const start = (): Worker => new Worker(workerFile, { workerData: recipients });
  const threads = new Threads(workers, start);
  return {
    seal(plain: AsyncIterable<Uint8Array>, options: SealOptions = {}): SealedMessage {
      let digest: MessageDigest | undefined;
      return {
        bytes: sealInThread(threads, plain, options, (result) => (digest = result)),
        digest: () => told(digest),
      };
    },
    close: () => threads.close(),
  };
}

async function* sealInThread(
  threads: Threads,
  pieces: AsyncIterable<Uint8Array>,
  { signal, ownBlocks }: SealOptions,
  tell: (digest: MessageDigest | undefined) => void,
): AsyncGenerator<Uint8Array> {
  const source = new WatchedSource(pieces, signal);
  const worker = await threads.take();
  const plain = new MessageChannel();
  const sealed = new MessageChannel();
  const job: SealJob = { plain: plain.port2, sealed: sealed.port2 };
  // A thread that has ended does not always close its side.
  const forget = threads.onFailure(() => sealed.port1.close());
  try {
    worker.postMessage(job, [job.plain, job.sealed]);
    const sending = sendPieces(plain.port1, source.pieces(), { ownBlocks });
    tell(yield* receivePieces(sealed.port1));
    await sending;
  } catch (error) {
    throw source.blame(threads.failure ?? encryptionFailed(error));
  } finally {
    forget();
    plain.port1.close();
    threads.give(worker);
  }
}
