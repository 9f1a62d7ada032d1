import type { ObjectStore, StoredObject } from "@backuppc-archive-s3/s3-transport";
import type { Removal } from "../delete/removal.ts";
import { archivesPrefix } from "../keys.ts";
import { storeTime } from "../read/store-time.ts";
import type { Trust } from "../trust.ts";
import type { HeadCache } from "./head-cache.ts";
import type { Inventory, InventoryOptions } from "./inventory.ts";
import { listAttempts } from "./list-attempts.ts";
import { listChunks } from "./list-chunks.ts";

/** The parts of a catalog that an inventory is taken with. */
export interface InventoryParts<Item extends StoredObject> {
  readonly store: ObjectStore;
  readonly removal: Removal<Item>;
  readonly prefix: string;
  readonly heads: HeadCache;
}

/**
 * What the store holds of a host. The order is what makes it safe: the time, the chunks, the heads. A head that
 * was put after the chunks were listed is read; what it names was young or held before the time was.
 */
export async function takeInventory<Item extends StoredObject>(
  parts: InventoryParts<Item>,
  host: string,
  trust: Trust,
  { signal, onUnknownKey }: InventoryOptions = {},
): Promise<Inventory> {
  const call = signal === undefined ? {} : { signal };
  const unknown = { ...call, ...(onUnknownKey !== undefined && { onUnknownKey }) };
  const now = await storeTime(parts.store, parts.prefix + archivesPrefix(host), call);
  const chunks = await listChunks(parts.removal, parts.prefix, host, unknown);
  const attempts = await listAttempts(parts, host, trust, unknown);
  return { host, now, chunks, attempts };
}
