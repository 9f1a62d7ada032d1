import type {
  CallOptions,
  DeleteFailure,
  ObjectStore,
  StoredObject,
} from "@backuppc-archive-s3/s3-transport";
import { parseCanaryKey, UPLOADERS_PREFIX } from "../keys.ts";
import { holdOfRun, MARGIN_MS } from "../protocol.ts";
import { storeTime } from "../read/store-time.ts";

/**
 * Deletes canaries that nobody asks for any more: claims from when the index held nothing that can be reused now, and
 * witnesses whose checks are over.
 *
 * @returns what the store would not delete
 * @throws {CatalogError} code `clock`
 */
export async function dropOldCanaries(
  store: ObjectStore,
  options: CallOptions,
): Promise<readonly DeleteFailure[]> {
  const now = (await storeTime(store, UPLOADERS_PREFIX, options)).getTime();
  const old: Canary[] = [];
  /** By series: the number of the last check of late. */
  const last = new Map<string, number>();
  for await (const object of store.list(UPLOADERS_PREFIX, options)) {
    const canary = parseCanaryKey(object.key);
    if (canary === undefined) continue;
    if (now > holdOfRun(object.modified).getTime() + MARGIN_MS) old.push({ ...canary, object });
    else if (canary.kind === "claim")
      last.set(canary.series, Math.max(canary.number, last.get(canary.series) ?? 0));
  }
  const over = old.filter(
    ({ series, number, kind }) => kind === "claim" || number <= (last.get(series) ?? Infinity),
  );
  return over.length === 0 ? [] : await store.delete(oldestFirst(over), options);
}

interface Canary extends NonNullable<ReturnType<typeof parseCanaryKey>> {
  readonly object: StoredObject;
}

function oldestFirst(canaries: readonly Canary[]): string[] {
  return canaries
    .toSorted((a, b) => a.object.modified.getTime() - b.object.modified.getTime())
    .map(({ object }) => object.key);
}
