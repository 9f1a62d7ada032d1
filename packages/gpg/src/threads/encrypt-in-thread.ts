import type { Worker } from "node:worker_threads";
import type { EncryptedMessage } from "../encryptor.ts";
import { encryptionFailed } from "../message/encrypt-message.ts";
import { withRoom } from "../message/with-room.ts";
import type { Threads } from "./threads.ts";
import type { Answer, Job } from "./serve-jobs.ts";

/**
 * Transfers a plaintext to a thread, which sends its message back in the same memory.
 *
 * @throws {EncryptionError} code `encryption-failed`, or why the threads were lost
 */
export async function encryptInThread(
  worker: Worker,
  threads: Threads,
  job: Job,
): Promise<EncryptedMessage> {
  return await new Promise((resolve, reject) => {
    const forget = threads.onFailure(reject);
    worker.once("message", (answer: Answer) => {
      forget();
      if ("error" in answer) reject(encryptionFailed(new Error(answer.error)));
      else resolve(answer);
    });
    transfer(worker, job);
  });
}

function transfer(worker: Worker, job: Job): void {
  const post = (given: Job): void => {
    worker.postMessage(given, [given.plain.buffer]);
  };
  try {
    post(job);
  } catch {
    // WebAssembly's memory, and what is marked as untransferable, cannot leave this thread.
    post({ ...job, plain: withRoom(job.plain, false) });
  }
}
