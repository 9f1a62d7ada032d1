import { createHash } from "node:crypto";
import { type GetOptions, type ObjectStore, StoreError } from "@backuppc-archive-s3/s3-transport";
import { CatalogError } from "../catalog-error.ts";
import { readAgain } from "./read-again.ts";

/**
 * Reads a small object whole, up to so many bytes: a store must not fill our memory.
 *
 * @param limit in bytes
 * @throws {CatalogError} code `not-found`, or `damaged` if it is larger
 */
export async function readObject(
  store: ObjectStore,
  key: string,
  limit: number,
  options?: GetOptions,
): Promise<Uint8Array> {
  try {
    const pieces: Uint8Array[] = [];
    let length = 0;
    for await (const bytes of await store.get(key, options)) {
      length += bytes.length;
      if (length > limit) throw damaged(key, `is larger than ${limit} bytes`);
      pieces.push(bytes);
    }
    return Buffer.concat(pieces);
  } catch (error) {
    if (error instanceof StoreError && error.code === "not-found") throw notFound(key, error);
    throw error;
  }
}

/** The same, of an object whose digest is known. @throws {CatalogError} code `damaged` if it has another */
export async function readDigested(
  store: ObjectStore,
  key: string,
  sha256: string,
  limit: number,
  options?: GetOptions,
): Promise<Uint8Array> {
  return await readAgain(async () => {
    const bytes = await readObject(store, key, limit, options);
    if (sha256Of(bytes) !== sha256) throw damaged(key, "has another SHA-256 than was recorded");
    return bytes;
  });
}

/** Lower-case hex. */
export function sha256Of(bytes: Uint8Array | string): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** `what` goes on from the key: "is cut short". */
export function damaged(key: string, what: string, cause?: unknown): CatalogError {
  return new CatalogError("damaged", `${key} ${what}.`, { cause });
}

function notFound(key: string, cause: unknown): CatalogError {
  return new CatalogError("not-found", `${key} is not in the store.`, { reason: "record", cause });
}
