import { createHash } from "node:crypto";
import { text } from "node:stream/consumers";
import { CatalogError, type Finding, sampleChunks } from "@backuppc-archive-s3/backup-catalog";
import { StoreError } from "@backuppc-archive-s3/s3-transport";
import { ProgramFailure } from "../program/through-program.ts";
import type { ArchiveData, StoredChunk } from "./archive-data.ts";
import { decompress } from "./decompress.ts";
import type { Decryptor } from "./decrypt.ts";
import { startTarReader } from "./tar-reader.ts";

/** What was downloaded of an archive, and what was wrong with it. */
export interface CheckedData {
  readonly chunks: number;
  /** Stored bytes. */
  readonly bytes: number;
  readonly findings: readonly Finding[];
}

export interface DataCheck {
  readonly decryptor: Decryptor;
  /** Of the chunks; at 100 the tar is read as a whole, too. */
  readonly percent: number;
  /** Told after each chunk. */
  readonly onProgress: (done: number, total: number) => void;
}

/** Downloads chunks, decrypts and decompresses them, and compares with SHA256SUMS.gpg. */
export async function checkData(archive: ArchiveData, check: DataCheck): Promise<CheckedData> {
  const { findings, sums } = await readSumsOf(archive, check);
  const chunks = sampleChunks(archive.chunks, check.percent);
  const isWhole = chunks.length === archive.chunks.length;
  const tar = isWhole ? await startTarReader() : undefined;
  const whole = createHash("sha256");
  let bytes = 0;
  try {
    for (const [index, chunk] of chunks.entries()) {
      const found = await checkChunk(chunk, archive, check, async (piece) => {
        whole.update(piece);
        await tar?.read(piece);
      });
      findings.push(...("kind" in found ? [found] : compare(chunk.key, sums, found.sha256)));
      bytes += chunk.storedLength;
      check.onProgress(index + 1, chunks.length);
    }
    // Where a chunk is damaged, the tar is too, and nothing more is learnt.
    if (tar !== undefined && findings.length === 0) {
      const { tarName: name } = archive;
      const complaint = await tar.complaint();
      findings.push(...compare(name, sums, whole.digest("hex")));
      if (complaint !== undefined) findings.push({ kind: "damaged", key: name, reason: complaint });
    }
  } finally {
    tar?.stop();
  }
  return { chunks: chunks.length, bytes, findings };
}

/** The digest of the chunk's plaintext, or what is wrong with it. */
async function checkChunk(
  chunk: StoredChunk,
  archive: ArchiveData,
  check: DataCheck,
  onPlaintext: (piece: Uint8Array) => Promise<void>,
): Promise<{ readonly sha256: string } | Finding> {
  const digest = createHash("sha256");
  try {
    for await (const piece of plaintextOf(chunk, archive, check)) {
      digest.update(piece);
      await onPlaintext(piece);
    }
    return { sha256: digest.digest("hex") };
  } catch (error) {
    return damageIn(chunk.key, error);
  }
}

function plaintextOf(
  chunk: StoredChunk,
  { encryption, compression }: ArchiveData,
  { decryptor }: DataCheck,
): AsyncIterable<Uint8Array> {
  const sealed = chunk.open();
  return decompress(encryption === null ? sealed : decryptor.decrypt(sealed), compression);
}

type Sums = ReadonlyMap<string, string>;

/** None where they are not there, which the quick check has told. */
async function readSumsOf(
  { sums, encryption }: ArchiveData,
  { decryptor }: DataCheck,
): Promise<{ readonly sums: Sums; readonly findings: Finding[] }> {
  if (sums === undefined) return { sums: new Map(), findings: [] };
  try {
    const sealed = await sums.open();
    const plain = encryption === null ? sealed : decryptor.decrypt(sealed);
    return { sums: sums.read(await text(plain)), findings: [] };
  } catch (error) {
    return { sums: new Map(), findings: [damageIn(sums.key, error)] };
  }
}

/** The predecessor's archives have none, and nothing to compare with. */
function compare(key: string, sums: Sums, found: string): Finding[] {
  const expected = sums.get(key);
  if (expected === undefined || expected === found) return [];
  const reason = `its plaintext has SHA-256 ${found}; SHA256SUMS says ${expected}`;
  return [{ kind: "damaged", key, reason }];
}

/** An error that is the archive's fault, as a finding; any other is thrown on. */
function damageIn(key: string, error: unknown): Finding {
  if (error instanceof StoreError && error.code === "not-found") return { kind: "missing", key };
  const isDamage = error instanceof CatalogError && error.code === "damaged";
  if (isDamage || error instanceof ProgramFailure)
    return { kind: "damaged", key, reason: error.message };
  throw error;
}
