// Runs in each thread of the sealer pool: seals what comes in on a job's one
// port and sends it out on its other.
import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import type { MessageDigest } from "../message-digest.ts";
import { createSealer } from "../openpgp-sealer.ts";
import type { Recipients } from "../recipients.ts";
import { receivePieces, sendPieces } from "./piece-port.ts";

/** What the pool sends to a worker for each message. */
export interface SealJob {
  readonly plain: MessagePort;
  readonly sealed: MessagePort;
}

const recipients: Recipients = workerData;
const sealer = createSealer(recipients);

parentPort?.on("message", ({ plain, sealed }: SealJob) => {
  // What came through the port is alone in its buffer: transferred, or a copy.
  const message = sealer.seal(receivePieces(plain), { ownBlocks: true });
  const digest = (): MessageDigest => message.digest();
  void sendPieces(sealed, message.bytes, { ownBlocks: true, digest });
});
