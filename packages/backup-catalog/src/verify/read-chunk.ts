import { createHash } from "node:crypto";
import type { CallOptions, ObjectStore } from "@backuppc-archive-s3/s3-transport";
import type { ChunkEntry } from "../archive.ts";
import { CatalogError } from "../catalog-error.ts";

/**
 * The chunk's stored bytes as they come. After the last one it throws, code `damaged`, unless they are
 * what the manifest says: who reads must not trust them before the end.
 */
export async function* readChunk(
  store: ObjectStore,
  { key, storedLength, sha256 }: Pick<ChunkEntry, "key" | "storedLength" | "sha256">,
  options?: CallOptions,
): AsyncGenerator<Uint8Array> {
  const hash = createHash("sha256");
  let length = 0;
  for await (const bytes of await store.get(key, options)) {
    hash.update(bytes);
    length += bytes.length;
    yield bytes;
  }
  const found = hash.digest("hex");
  if (length !== storedLength) {
    throw damaged(`${key} has ${length} bytes; ${storedLength} were stored.`);
  }
  if (found !== sha256) throw damaged(`${key} has SHA-256 ${found}; ${sha256} was stored.`);
}

function damaged(message: string): CatalogError {
  return new CatalogError("damaged", message, "Restore another archive.");
}
