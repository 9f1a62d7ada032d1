// Encrypts a file chunk by chunk on all CPUs, and drops the messages:
// `node encrypt-program.js FILE CHUNK_BYTES`. The encryption of archive-host and nothing else of it.
import { open } from "node:fs/promises";
import { availableParallelism } from "node:os";
import {
  createEncryptorPool,
  newDataKey,
  ROOM_BEHIND,
  ROOM_TO_ENCRYPT,
} from "@backuppc-archive-s3/gpg";

const [path = "", chunk = ""] = process.argv.slice(2);
const workers = availableParallelism();
const encryptor = createEncryptorPool({ dataKey: newDataKey() }, { workers });
const file = await open(path);
const { size } = await file.stat();
const chunkSize = Number(chunk);

await Promise.all(Array.from({ length: workers }, (_, lane) => encryptEvery(lane)));
await encryptor.close();
await file.close();

/** Every chunk whose turn it is, one after the other, all in the same memory. */
async function encryptEvery(lane: number): Promise<void> {
  let memory: ArrayBufferLike = new ArrayBuffer(ROOM_TO_ENCRYPT + chunkSize + ROOM_BEHIND);
  for (let from = lane * chunkSize; from < size; from += workers * chunkSize) {
    const plain = new Uint8Array(memory, ROOM_TO_ENCRYPT, Math.min(chunkSize, size - from));
    await file.read(plain, 0, plain.length, from);
    const message = await encryptor.encrypt(plain, { ownBuffer: true });
    memory = message.bytes.buffer;
  }
}
