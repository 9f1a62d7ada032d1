// Seals a file, chunk by chunk, on all CPUs, and drops what comes out:
// `node seal-program.js FILE CHUNK_BYTES PASSPHRASE_FILE`. The encryption of archive-host and nothing else of it.
import { open, readFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { createSealerPool } from "@backuppc-archive-s3/gpg";
import { BlockRing } from "./block-ring.ts";

const [path = "", chunk = "", passphraseFile = ""] = process.argv.slice(2);
const workers = availableParallelism();
const passphrase = (await readFile(passphraseFile, "utf8")).trim();
const sealer = createSealerPool({ passphrase }, { workers });
const file = await open(path);
const { size } = await file.stat();
const chunkSize = Number(chunk);

await Promise.all(Array.from({ length: workers }, (_, lane) => sealEvery(lane)));
await sealer.close();
await file.close();

/** Every chunk whose turn it is: each lane has its own blocks. */
async function sealEvery(lane: number): Promise<void> {
  const ring = new BlockRing();
  for (let from = lane * chunkSize; from < size; from += workers * chunkSize) {
    const plain = ring.read(file, from, Math.min(from + chunkSize, size));
    for await (const piece of sealer.seal(plain, { ownBlocks: true }).bytes) ring.giveBack(piece);
  }
}
