import { createHash } from "node:crypto";
import { CatalogError, type ChunkEntry, type Head } from "@backuppc-archive-s3/backup-catalog";
import type { Site } from "../site.ts";
import { decompress } from "./decompress.ts";
import type { Decryptor, Opening } from "../decrypt/decrypt.ts";

/** What an archive's chunks are opened with. */
export interface ChunkOpener {
  readonly head: Head;
  readonly opening: Opening | undefined;
  readonly decryptor: Decryptor;
  readonly filters: readonly string[];
}

/** A chunk as it was before it was compressed and encrypted. */
export interface PlainChunk {
  readonly pieces: readonly Uint8Array[];
  /** SHA-256, lower-case hex. */
  readonly sha256: string;
}

/**
 * Downloads, decrypts and decompresses a chunk.
 *
 * @throws {CatalogError} code `damaged`; {ProgramFailure}; {ManagerError} as the decryptor does
 */
export async function readPlainChunk(
  chunk: ChunkEntry,
  { head, opening, decryptor, filters }: ChunkOpener,
  { catalog }: Site,
): Promise<PlainChunk> {
  const stored = once(await catalog.readChunk(head.host, chunk));
  const message = opening === undefined ? stored : decryptor.decrypt(stored, opening);
  const digest = createHash("sha256");
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of decompress(message, head.compression, filters)) {
    digest.update(piece);
    pieces.push(piece);
    length += piece.length;
    // A few bytes can decompress to more than this machine has.
    if (length > chunk.tarLength) break;
  }
  if (length === chunk.tarLength) return { pieces, sha256: digest.digest("hex") };
  const why = `its plaintext has not the ${chunk.tarLength} bytes of the manifest`;
  throw new CatalogError("damaged", why);
}

/** The message of an archive's SHA256SUMS, decrypted. Throws as {@link readPlainChunk}. */
export async function readPlainSums(
  { head, opening, decryptor }: ChunkOpener,
  { catalog }: Site,
): Promise<string> {
  const stored = once(await catalog.readSums(head));
  const plain = opening === undefined ? stored : decryptor.decrypt(stored, opening);
  const pieces: Uint8Array[] = [];
  for await (const piece of plain) pieces.push(piece);
  return Buffer.concat(pieces).toString("utf8");
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
