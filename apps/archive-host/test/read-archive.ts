import { readFile } from "node:fs/promises";
import { type ArchiveId, type Head, openCatalog } from "@backuppc-archive-s3/backup-catalog";
import { decryptDataKey } from "@backuppc-archive-s3/gpg";
import type { ObjectStore } from "@backuppc-archive-s3/s3-transport";

/** An archive by its records: its head, and its stored chunks in stream order. */
export interface ReadArchive {
  readonly head: Head;
  /** Of the chunks, in stream order. A chunk whose bytes come again is named again. */
  readonly names: readonly string[];
  readonly chunks: readonly Buffer[];
  /** What the chunks open with; undefined where there is no passphrase. */
  readonly dataKey: string | undefined;
  /** The message that holds the data key, encrypted. */
  readonly keyMessage: Buffer | undefined;
}

/** Reads an archive by its records. */
export async function readArchive(
  store: ObjectStore,
  id: ArchiveId,
  passphrase?: string,
): Promise<ReadArchive> {
  const catalog = openCatalog(store);
  const { head } = await catalog.readHead(id);
  const { chunks } = await catalog.readManifest(head);
  const key = await catalog.readKey(id);
  const bytes = await Promise.all(
    chunks.map(async (chunk) => Buffer.from(await catalog.readChunk(id.host, chunk))),
  );
  const opens = key !== undefined && passphrase !== undefined;
  return {
    head,
    names: chunks.map(({ name }) => name),
    chunks: bytes,
    dataKey: opens ? await decryptDataKey(key.message, passphrase) : undefined,
    keyMessage: key && Buffer.from(key.message),
  };
}

/** How many chunks a chunk index knows; its first line describes the epoch. */
export async function indexedChunks(file: string): Promise<number> {
  const text = await readFile(file, "utf8").catch(() => "");
  return Math.max(0, text.split("\n").filter((line) => line !== "").length - 1);
}
