import { MessageChannel, Worker } from "node:worker_threads";
import { type MessageDigest, told } from "../message-digest.ts";
import { encryptionFailed } from "../openpgp-sealer.ts";
import { type Recipients, refuseNoRecipient } from "../recipients.ts";
import { SealError } from "../seal-error.ts";
import type { SealedMessage, Sealer, SealOptions } from "../sealer.ts";
import { WatchedSource } from "../watched-source.ts";
import { receivePieces, sendPieces } from "./piece-port.ts";
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
 * @throws {SealError} code `empty-passphrase` or `no-recipient`
 */
export function createSealerPool(
  recipients: Recipients,
  { workers, workerFile = new URL("./worker.js", import.meta.url) }: SealerPoolOptions,
): Sealer {
  refuseNoRecipient(recipients);
  const threads = new Threads(recipients, workers, workerFile);
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
  try {
    worker.postMessage(job, [job.plain, job.sealed]);
    const sending = sendPieces(plain.port1, source.pieces(), { ownBlocks });
    tell(yield* receivePieces(sealed.port1));
    await sending;
  } catch (error) {
    throw source.blame(threads.failure ?? encryptionFailed(error));
  } finally {
    plain.port1.close();
    threads.give(worker);
  }
}

/** The threads, each lent to one message at a time. The first is started at once, the others when they are needed. */
class Threads {
  readonly #idle: Worker[] = [];
  readonly #started = new Set<Worker>();
  readonly #waiting: ((worker: Worker) => void)[] = [];
  readonly #start: () => Worker;
  readonly #most: number;
  /** Why the threads can't be used any more. */
  failure: SealError | undefined;

  constructor(recipients: Recipients, most: number, workerFile: URL) {
    this.#most = most;
    this.#start = () => new Worker(workerFile, { workerData: recipients });
    // It takes a tenth of a second, in which its user has enough to prepare.
    this.#idle.push(this.#add());
  }

  async take(): Promise<Worker> {
    if (this.failure !== undefined) throw this.failure;
    const idle = this.#idle.pop();
    if (idle !== undefined) return idle;
    if (this.#started.size < this.#most) return this.#add();
    return await new Promise((resolve) => this.#waiting.push(resolve));
  }

  give(worker: Worker): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#idle.push(worker);
    else next(worker);
  }

  async close(): Promise<void> {
    this.failure ??= new SealError("closed", "The encryption was stopped.", "Start it anew.");
    await Promise.all([...this.#started].map((worker) => worker.terminate()));
  }

  #add(): Worker {
    const worker = this.#start();
    this.#started.add(worker);
    // An idle thread keeps no program alive; a message under way does, by its ports.
    worker.unref();
    worker.once("error", (cause) => {
      this.failure ??= new SealError(
        "worker-lost",
        `An encryption thread ended: ${cause.message}`,
        "Lower `memory` or `workers` in the configuration if the machine is short of memory.",
        cause,
      );
    });
    return worker;
  }
}
