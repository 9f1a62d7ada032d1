import type { CallOptions, ObjectStore, StoredObject } from "@backuppc-archive-s3/s3-transport";
import type { Removal } from "../delete/removal.ts";
import { archivesPrefix } from "../keys.ts";
import { callWith } from "../read/call-with.ts";
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
  const { store, removal } = parts;
  const call = callWith(signal);
  const unknown = { ...call, ...(onUnknownKey !== undefined && { onUnknownKey }) };
  const before = await listKeys(store, host, call);
  const now = timeOfLastAnswer(store);
  const chunks = await listChunks(removal, host, unknown);
  const records = await listAgain(before, async () => await listRecordsOf(removal, host, unknown));
  const attempts = await readAttempts({ ...parts, now }, records, trust, call);
  const missed = await listMissed(removal, { host, chunks, attempts }, call);
  return { host, now, chunks: [...chunks, ...missed], attempts };
}

/** The keys that a plain list shows. */
async function listKeys(store: ObjectStore, host: string, call: CallOptions): Promise<Set<string>> {
  const keys = new Set<string>();
  for await (const { key } of store.list(archivesPrefix(host), call))
    if (parseKey(key) !== undefined) keys.add(key);
  return keys;
}
