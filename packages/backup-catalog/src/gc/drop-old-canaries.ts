import type {
  CallOptions,
  DeleteFailure,
  ObjectStore,
  StoredObject,
} from "@backuppc-archive-s3/s3-transport";
import { isCanaryKey, UPLOADERS_PREFIX } from "../keys.ts";
import { holdOfRun, MARGIN_MS } from "../protocol.ts";
import { storeTime } from "../read/store-time.ts";

/**
 * Deletes canaries that nobody asks for any more: what the index held when one was put can't be reused now.
 *
 * @returns what the store would not delete
 * @throws {CatalogError} code `clock`
 */
export async function dropOldCanaries(
  store: ObjectStore,
  prefix: string,
  options: CallOptions,
): Promise<readonly DeleteFailure[]> {
  const folder = prefix + UPLOADERS_PREFIX;
  const now = (await storeTime(store, folder, options)).getTime();
  const old: StoredObject[] = [];
  for await (const object of store.list(folder, options)) {
    const isOld = now > holdOfRun(object.modified).getTime() + MARGIN_MS;
    if (isOld && isCanaryKey(object.key.slice(prefix.length))) old.push(object);
  }
  if (old.length === 0) return [];
  const oldestFirst = old.toSorted((a, b) => a.modified.getTime() - b.modified.getTime());
  return await store.delete(
    oldestFirst.map(({ key }) => key),
    options,
  );
}
