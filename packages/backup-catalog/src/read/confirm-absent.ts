import { type CallOptions, type ObjectStore, StoreError } from "@backuppc-archive-s3/s3-transport";
import { CatalogError } from "../catalog-error.ts";

/** Keys that are asked for, of however many: a list that leaves out a page leaves out all of it. */
const ASKED = 8;

/**
 * Asks for some of the keys that no list has shown: before something counts as lost, or an archive as deleted, more than
 * lists must say so.
 *
 * @param keys in the order of lists
 * @throws {CatalogError} code `unsteady` if one of them is there
 */
export async function confirmAbsent(
  store: ObjectStore,
  keys: readonly string[],
  call: CallOptions,
): Promise<void> {
  const step = Math.max(1, Math.ceil(keys.length / ASKED));
  for (let at = 0; at < keys.length; at += step) {
    const key = keys[at];
    if (key === undefined || !(await isThere(store, key, call))) continue;
    throw new CatalogError(
      "unsteady",
      `Lists leave out ${key}, which is in the store: nobody knows what else they leave out.`,
    );
  }
}

async function isThere(store: ObjectStore, key: string, call: CallOptions): Promise<boolean> {
  try {
    const pieces = (await store.get(key, call))[Symbol.asyncIterator]();
    await pieces.next();
    await pieces.return?.();
    return true;
  } catch (error) {
    if (error instanceof StoreError && error.code === "not-found") return false;
    // Who may list below a prefix alone is answered 403 for what is not there (S3's GetObject, "Permissions").
    if (error instanceof StoreError && error.code === "denied")
      return await isListed(store, key, call);
    throw error;
  }
}

/** A list of this one key is another request than those that may have left it out. */
async function isListed(store: ObjectStore, key: string, call: CallOptions): Promise<boolean> {
  for await (const listed of store.list(key, call)) if (listed.key === key) return true;
  return false;
}
