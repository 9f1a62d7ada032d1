// Runs in each thread of the sealer pool: seals what comes in on a job's one
// port and sends it out on its other.
import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import { createSealer } from "./openpgp-sealer.ts";
import { receivePieces, sendPieces } from "./piece-port.ts";
import type { Recipients } from "./sealer.ts";

/** What the pool sends to a worker for each message. */
export interface SealJob {
  readonly plain: MessagePort;
  readonly sealed: MessagePort;
}

const recipients: Recipients = workerData;
const sealer = createSealer(recipients);

parentPort?.on("message", ({ plain, sealed }: SealJob) => {
  const message = sealer.seal(receivePieces(plain));
  void sendPieces(sealed, message.bytes, () => message.digest());
});
