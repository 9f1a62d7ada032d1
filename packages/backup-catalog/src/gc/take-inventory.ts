import type { CallOptions, ObjectStore, StoredObject } from "@backuppc-archive-s3/s3-transport";
import type { Removal } from "../delete/removal.ts";
import { archivesPrefix } from "../keys.ts";
import { timeOfLastAnswer } from "../read/store-time.ts";
import { parseKey } from "../parse-key.ts";
import type { Trust } from "../trust.ts";
import type { HeadCache } from "./head-cache.ts";
import type { Inventory, InventoryOptions } from "./inventory.ts";
import { listAgain } from "../read/list-again.ts";
import { listRecordsOf, readAttempts } from "./list-attempts.ts";
import { listChunks } from "./list-chunks.ts";
import { listMissed } from "./list-missed.ts";

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
 *
 * The records are listed before as well: if a list left some out, what their heads name would be garbage. Chunks are
 * listed again where an archive lacks one: retention would take it for damaged.
 */
export async function takeInventory<Item extends StoredObject>(
  parts: InventoryParts<Item>,
  host: string,
  trust: Trust,
  { signal, onUnknownKey }: InventoryOptions = {},
): Promise<Inventory> {
  const call = signal === undefined ? {} : { signal };
  const unknown = { ...call, ...(onUnknownKey !== undefined && { onUnknownKey }) };
  const before = await listKeys(parts, host, call);
  const now = timeOfLastAnswer(parts.store);
  const chunks = await listChunks(parts.removal, parts.prefix, host, unknown);
  const records = await listAgain(before, async () => await listRecordsOf(parts, host, unknown));
  const attempts = await readAttempts({ ...parts, now }, records, trust, call);
  const missed = await listMissed(parts, { host, chunks, attempts }, call);
  return { host, now, chunks: [...chunks, ...missed], attempts };
}

/** The keys that a plain list shows. */
async function listKeys(
  { store, prefix }: Pick<InventoryParts<StoredObject>, "store" | "prefix">,
  host: string,
  call: CallOptions,
): Promise<Set<string>> {
  const keys = new Set<string>();
  for await (const { key } of store.list(prefix + archivesPrefix(host), call)) {
    const known = key.slice(prefix.length);
    if (parseKey(known) !== undefined) keys.add(known);
  }
  return keys;
}
