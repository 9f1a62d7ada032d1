import {
  type Finding,
  type ReadableArchive,
  sampleChunks,
} from "@backuppc-archive-s3/backup-catalog";
import { ManagerError } from "../manager-error.ts";
import type { Site } from "../site.ts";
import type { CheckedData, DataCheck } from "./checked-data.ts";
import { damageIn } from "./damage-in.ts";
import type { Opening } from "../decrypt/decrypt.ts";
import { startTarReader, type TarReader } from "./tar-reader.ts";

/**
 * Downloads and decrypts chunks of an archive of which nothing is signed. No digests are known: only what gpg and
 * tar cannot read is found.
 *
 * @throws {ManagerError} code `cannot-decrypt` or `cannot-run`
 */
export async function checkUnsignedData(
  archive: ReadableArchive,
  { decryptor, percent, onProgress }: DataCheck,
  site: Site,
): Promise<CheckedData> {
  const { encryption, chunks: all } = await archive.contents();
  const opening = encryption === null ? undefined : await passphraseOf(site);
  const chunks = sampleChunks(all, percent);
  const tar = chunks.length === all.length ? await startTarReader() : undefined;
  const findings: Finding[] = [];
  let bytes = 0;
  try {
    for (const [index, chunk] of chunks.entries()) {
      const { key, storedLength } = chunk;
      try {
        const stored = await archive.readChunk(chunk);
        const plain = opening === undefined ? stored : decryptor.decrypt(stored, opening);
        await readAll(plain, tar);
      } catch (error) {
        findings.push(damageIn(key, error));
      }
      bytes += storedLength;
      onProgress(index + 1, chunks.length);
    }
    const complaint = findings.length === 0 ? await tar?.complaint() : undefined;
    const { host, number } = archive.id;
    const key = `${host}.${number}.tar`;
    if (complaint !== undefined) findings.push({ kind: "damaged", key, reason: complaint });
  } finally {
    tar?.stop();
  }
  return { chunks: chunks.length, bytes, findings, error: undefined };
}

async function passphraseOf(site: Site): Promise<Opening> {
  const secret = await site.passphrase();
  if (secret !== undefined) return { kind: "passphrase", secret };
  const hint = "Add passphraseFile to the configuration.";
  throw new ManagerError("cannot-decrypt", "it cannot be decrypted: no passphrase is known", hint);
}

async function readAll(
  plain: AsyncIterable<Uint8Array>,
  tar: TarReader | undefined,
): Promise<void> {
  for await (const piece of plain) await tar?.read(piece);
}
