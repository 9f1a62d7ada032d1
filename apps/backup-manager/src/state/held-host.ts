import { ChunkIndex, type HostLock } from "@backuppc-archive-s3/archiver";
import type { HeldHost } from "./host-state.ts";
import type { IndexedStore } from "./lock-host-state.ts";
import { ManagerError } from "../manager-error.ts";

/** A host whose lock we hold. */
export interface Held {
  /** archive-host's working directory. */
  readonly folder: string;
  readonly host: string;
  readonly uploader: string;
  readonly lock: HostLock;
}

export function heldHost(held: Held, place: IndexedStore): HeldHost {
  return {
    uploader: held.uploader,
    strike: async (names) => (names.length === 0 ? 0 : await strike(held, names, place)),
    release: async () => await held.lock.release(),
  };
}

/** An index that cannot be read begins anew with the next run, and knows no chunk. */
async function strike(
  { folder, host, uploader }: Held,
  names: readonly string[],
  place: IndexedStore,
): Promise<number> {
  const found = await ChunkIndex.read(folder, host);
  if (found === undefined || !("index" in found)) return 0;
  const { index } = found;
  try {
    const canary = index.header.canary.id;
    const struck = await index.strike(names);
    if (struck > 0)
      await dropCanary(`${place.prefix}uploaders/${uploader}/canary.${canary}`, place);
    return struck;
  } finally {
    await index.close();
  }
}

/**
 * A copy of the index from before, as after a virtual machine was rolled back, still lists the chunks: without its canary in
 * the store no run believes it.
 *
 * @throws {ManagerError} code `canary-stays`
 */
async function dropCanary(key: string, { store }: IndexedStore): Promise<void> {
  const [failure] = await store.delete([key]);
  if (failure === undefined) return;
  const message = `${key} could not be deleted: ${failure.reason}`;
  const hint = "`backup-manager policy manager` prints the rights that are needed.";
  throw new ManagerError("canary-stays", message, hint);
}
