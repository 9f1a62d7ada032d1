import type { CallOptions, ObjectStore } from "@backuppc-archive-s3/s3-transport";
import type { ChunkEntry } from "../archive.ts";
import { chunkKey } from "../keys.ts";
import { damaged, readDigested } from "./read-object.ts";

/** The chunk's stored bytes, of the recorded version: a later put under its key changes nothing. */
export async function readChunk(
  store: ObjectStore,
  host: string,
  chunk: Pick<ChunkEntry, "name" | "versionId" | "storedLength" | "sha256">,
  options?: CallOptions,
): Promise<Uint8Array> {
  return await readChunkAt(store, chunkKey(host, chunk.name), chunk, options);
}

/** The same by its key. */
export async function readChunkAt(
  store: ObjectStore,
  key: string,
  { versionId, storedLength, sha256 }: Pick<ChunkEntry, "versionId" | "storedLength" | "sha256">,
  options?: CallOptions,
): Promise<Uint8Array> {
  const get = { ...options, ...(versionId !== undefined && { versionId }) };
  const bytes = await readDigested(store, key, sha256, storedLength, get);
  if (bytes.length !== storedLength)
    throw damaged(key, `has ${bytes.length} bytes, and ${storedLength} by the manifest`);
  return bytes;
}
