import {
  bytesBody,
  type CallOptions,
  type ObjectStore,
  StoreError,
} from "@backuppc-archive-s3/s3-transport";
import type { ArchiveId } from "../archive.ts";
import { CatalogError, invalidArchive } from "../catalog-error.ts";
import { archiveFolder } from "../keys.ts";
import { sha256Of } from "../read/read-object.ts";
import type { OnceOutcome } from "./archive-writer.ts";

/** The puts of the attempts that a writer has begun: each record once, with one content. */
export class AttemptPuts {
  readonly #store: ObjectStore;
  /** By folder, and by key: the digest of what was sent under it. */
  readonly #begun = new Map<string, Map<string, string>>();

  constructor(store: ObjectStore) {
    this.#store = store;
  }

  begin(id: ArchiveId): void {
    const folder = archiveFolder(id);
    if (!this.#begun.has(folder)) this.#begun.set(folder, new Map());
  }

  /** Digest of what was put under the key, or undefined. */
  sent(id: ArchiveId, key: string): string | undefined {
    return this.#begun.get(archiveFolder(id))?.get(key);
  }

  /**
   * Stores a record. One that is there already is our own put, in an attempt that we have begun: its id is nobody
   * else's. But only if its answer was lost, or we have put it before: a proxy may say so of anything.
   */
  async putOnce(
    id: ArchiveId,
    key: string,
    bytes: Uint8Array,
    options: CallOptions & { readonly contentType?: string } = {},
  ): Promise<void> {
    const ours = this.#begun.get(archiveFolder(id));
    const sha256 = sha256Of(bytes);
    const earlier = ours?.get(key);
    // Which of the two is stored could not be known, and the marker may sign the other one.
    if (earlier !== undefined && earlier !== sha256)
      throw invalidArchive(`${key} has two contents`);
    ours?.set(key, sha256);
    const outcome = await putIfAbsent(this.#store, key, bytes, options);
    const isOurs = ours !== undefined && (outcome === "unclear" || earlier !== undefined);
    if (outcome !== "stored" && !isOurs) throw taken(id, key);
  }
}

/** Stores the object unless the key is taken. */
export async function putIfAbsent(
  store: ObjectStore,
  key: string,
  bytes: Uint8Array,
  options: CallOptions & { readonly contentType?: string } = {},
): Promise<OnceOutcome> {
  try {
    await store.put(key, bytesBody(bytes), { ...options, onlyIfAbsent: true });
    return "stored";
  } catch (error) {
    if (error instanceof StoreError && error.code === "exists")
      return error.answered ? "exists" : "unclear";
    throw error;
  }
}

function taken({ host, number, attempt }: ArchiveId, key: string): CatalogError {
  return new CatalogError(
    "attempt-taken",
    `${host} ${number}, attempt ${attempt}, has a record of another run: ${key}.`,
  );
}
