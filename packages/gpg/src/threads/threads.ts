import { Worker } from "node:worker_threads";
import { SealError } from "../seal-error.ts";

/** Somebody who waits for a thread. */
interface Turn {
  readonly come: (worker: Worker) => void;
  readonly fail: (failure: SealError) => void;
}

/**
 * Threads, each lent to one message at a time. The first is started at once,
 * the others when they are needed. When one of them is lost, none can be used
 * any more: whoever waits for one is told, and so is whoever has one.
 */
export class Threads {
  readonly #idle: Worker[] = [];
  readonly #started = new Set<Worker>();
  readonly #waiting: Turn[] = [];
  readonly #atFailure = new Set<() => void>();
  readonly #start: () => Worker;
  readonly #most: number;
  #failure: SealError | undefined;

  /** @throws {SealError} code `worker-lost` if not even one can be started */
  constructor(most: number, start: () => Worker) {
    this.#most = most;
    this.#start = start;
    // It takes a tenth of a second, in which its user has enough to prepare.
    this.#idle.push(this.#add());
  }

  /** Why the threads can't be used any more. */
  get failure(): SealError | undefined {
    return this.#failure;
  }

  /** @throws {SealError} the failure */
  async take(): Promise<Worker> {
    if (this.#failure !== undefined) throw this.#failure;
    const idle = this.#idle.pop();
    if (idle !== undefined) return idle;
    if (this.#started.size < this.#most) return this.#add();
    return await new Promise((come, fail) => this.#waiting.push({ come, fail }));
  }

  give(worker: Worker): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#idle.push(worker);
    else next.come(worker);
  }

  /** Told once the threads can't be used any more. Gives what ends the listening. */
  onFailure(listener: () => void): () => void {
    this.#atFailure.add(listener);
    return () => this.#atFailure.delete(listener);
  }

  async close(): Promise<void> {
    this.#fail(new SealError("closed", "The encryption was stopped.", "Start it anew."));
    await Promise.all([...this.#started].map((worker) => worker.terminate()));
  }

  #add(): Worker {
    const worker = this.#tryToStart();
    this.#started.add(worker);
    // An idle thread keeps no program alive; a message under way does, by its ports.
    worker.unref();
    worker.once("error", (cause) => this.#fail(lost(cause.message, cause)));
    worker.once("exit", (status) => this.#fail(lost(`status ${status}`)));
    return worker;
  }

  #tryToStart(): Worker {
    try {
      return this.#start();
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw lost(`it could not be started (${reason})`, cause);
    }
  }

  #fail(failure: SealError): void {
    if (this.#failure !== undefined) return;
    this.#failure = failure;
    for (const { fail } of this.#waiting.splice(0)) fail(failure);
    for (const listener of this.#atFailure) listener();
  }
}

function lost(how: string, cause?: unknown): SealError {
  return new SealError(
    "worker-lost",
    `An encryption thread ended: ${how.replace(/\.$/, "")}.`,
    "Lower `memory` or `workers` in the configuration if the machine is short of memory.",
    cause,
  );
}
