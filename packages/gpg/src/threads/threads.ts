import type { Worker } from "node:worker_threads";
import { closedError, EncryptionError } from "../encryption-error.ts";
import { messageOf } from "../message-of.ts";
import { unlessAborted } from "./unless-aborted.ts";

/** Somebody who waits for a thread. */
interface Turn {
  readonly come: (worker: Worker) => void;
  readonly fail: (failure: EncryptionError) => void;
}

/**
 * Threads, each lent to one message at a time. The first is started at once,
 * the others when they are needed. If one of them is lost, none can be used
 * any more: everyone who waits for one, or has one, gets the reason.
 */
export class Threads {
  readonly #idle: Worker[] = [];
  readonly #started = new Set<Worker>();
  readonly #waiting: Turn[] = [];
  readonly #atFailure = new Set<(failure: EncryptionError) => void>();
  readonly #start: () => Worker;
  readonly #most: number;
  #failure: EncryptionError | undefined;

  /** @throws {EncryptionError} code `worker-lost` if not even one can be started */
  constructor(most: number, start: () => Worker) {
    this.#most = most;
    this.#start = start;
    // It takes a tenth of a second, in which its user has enough to prepare.
    this.#idle.push(this.#add());
  }

  /**
   * Lends a thread for as long as `use` takes. After an abort it does not wait for that, but the thread is busy until then.
   *
   * @throws {EncryptionError} why the threads cannot be used any more
   * @throws the signal's reason
   */
  async lend<T>(signal: AbortSignal | undefined, use: (worker: Worker) => Promise<T>): Promise<T> {
    const worker = await this.#take(signal);
    const using = use(worker).finally(() => this.#give(worker));
    return await unlessAborted(using, signal);
  }

  async #take(signal: AbortSignal | undefined): Promise<Worker> {
    if (this.#failure !== undefined) throw this.#failure;
    signal?.throwIfAborted();
    const worker = this.#idle.pop() ?? this.#another() ?? (await this.#turn(signal));
    // A thread at work keeps the program alive; an idle one does not.
    worker.ref();
    return worker;
  }

  #give(worker: Worker): void {
    worker.unref();
    const next = this.#waiting.shift();
    if (next === undefined) this.#idle.push(worker);
    else next.come(worker);
  }

  /** Calls the listener once the threads cannot be used any more, or at once if that is so. Returns what ends that. */
  onFailure(listener: (failure: EncryptionError) => void): () => void {
    if (this.#failure !== undefined) listener(this.#failure);
    this.#atFailure.add(listener);
    return () => this.#atFailure.delete(listener);
  }

  async close(): Promise<void> {
    this.#fail(closedError());
    await Promise.all([...this.#started].map((worker) => worker.terminate()));
  }

  async #turn(signal: AbortSignal | undefined): Promise<Worker> {
    const coming = new Promise<Worker>((come, fail) => this.#waiting.push({ come, fail }));
    try {
      return await unlessAborted(coming, signal);
    } catch (error) {
      // Who left the queue passes the thread on when its turn has come.
      coming.then(
        (worker) => this.#give(worker),
        () => {},
      );
      throw error;
    }
  }

  #another(): Worker | undefined {
    return this.#started.size < this.#most ? this.#add() : undefined;
  }

  #add(): Worker {
    const worker = this.#tryToStart();
    this.#started.add(worker);
    worker.unref();
    worker.once("error", (cause) => this.#fail(lost(cause.message, cause)));
    worker.once("messageerror", (cause) => this.#fail(lost(cause.message, cause)));
    worker.once("exit", (status) => this.#fail(lost(`status ${status}`)));
    return worker;
  }

  #tryToStart(): Worker {
    try {
      return this.#start();
    } catch (cause) {
      throw lost(`it could not be started (${messageOf(cause)})`, cause);
    }
  }

  #fail(failure: EncryptionError): void {
    if (this.#failure !== undefined) return;
    this.#failure = failure;
    for (const { fail } of this.#waiting.splice(0)) fail(failure);
    for (const listener of this.#atFailure) listener(failure);
  }
}

function lost(how: string, cause?: unknown): EncryptionError {
  return new EncryptionError(
    "worker-lost",
    `An encryption thread ended: ${how.replace(/\.$/, "")}.`,
    { cause },
  );
}
