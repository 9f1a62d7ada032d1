import type { CallOptions, StoredObject } from "@backuppc-archive-s3/s3-transport";
import type { Removal } from "./removal.ts";
import type { Tally } from "./tally.ts";

/** Keys that one request may name (S3's DeleteObjects). */
const BATCH = 1000;

/** Removes the items as they come, a request's worth at a time. */
export async function removeBatches<Item extends StoredObject>(
  removal: Removal<Item>,
  items: AsyncIterable<Item> | Iterable<Item>,
  tally: Tally,
  options: CallOptions,
): Promise<void> {
  let batch: Item[] = [];
  const flush = async (): Promise<void> => {
    if (batch.length > 0) tally.add(batch, await removal.remove(batch, options));
    batch = [];
  };
  for await (const item of items) {
    batch.push(item);
    if (batch.length === BATCH) await flush();
  }
  await flush();
}
