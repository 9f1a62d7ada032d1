import { Worker } from "node:worker_threads";
import { ArchiverError } from "../archiver-error.ts";

/** A chunk's digest, and its bytes, which have been to the thread and back. */
export interface Digested {
  /** SHA-256, lower-case hex. */
  readonly digest: string;
  readonly bytes: Uint8Array;
}

/** As text, so that a program that is bundled into one file needs no second one for it. */
const THREAD = `
const { createHash } = require("node:crypto");
const { parentPort } = require("node:worker_threads");
parentPort.on("message", (bytes) => {
  const digest = createHash("sha256").update(bytes).digest("hex");
  parentPort.postMessage({ digest, bytes }, [bytes.buffer]);
});
`;

/**
 * Digests chunks in a thread of its own, so that the tar is read meanwhile. One thread digests faster than
 * any backup is read. Buffers are handed over, not copied.
 */
export class DigestThread {
  readonly #worker: Worker;
  /** In the order in which they were sent, and are answered. */
  readonly #waiting: Waiting[] = [];
  #failure: Error | undefined;

  constructor() {
    this.#worker = new Worker(THREAD, { eval: true, name: "digest" });
    this.#worker.unref();
    this.#worker.on("message", (digested: Digested) => this.#waiting.shift()?.resolve(digested));
    this.#worker.on("error", (cause) => this.#fail(lost(cause.message, cause)));
    this.#worker.on("exit", (status) => this.#fail(lost(`status ${status}`)));
  }

  /** @param bytes alone in their buffer, which is unusable here until they come back */
  async digest(bytes: Uint8Array): Promise<Digested> {
    if (this.#failure !== undefined) throw this.#failure;
    return await new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      const { buffer } = bytes;
      this.#worker.postMessage(bytes, buffer instanceof ArrayBuffer ? [buffer] : []);
    });
  }

  async close(): Promise<void> {
    this.#fail(lost("it was closed"));
    await this.#worker.terminate();
  }

  #fail(failure: Error): void {
    this.#failure ??= failure;
    for (const { reject } of this.#waiting.splice(0)) reject(this.#failure);
  }
}

interface Waiting {
  readonly resolve: (digested: Digested) => void;
  readonly reject: (failure: Error) => void;
}

function lost(how: string, cause?: unknown): ArchiverError {
  return new ArchiverError("thread-lost", `The thread that digests chunks ended: ${how}.`, cause);
}
