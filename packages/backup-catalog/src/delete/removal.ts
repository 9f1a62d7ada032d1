import type {
  CallOptions,
  DeleteFailure,
  ObjectStore,
  StoredObject,
  StoredVersion,
  VersionedStore,
} from "@backuppc-archive-s3/s3-transport";
import { CatalogError } from "../catalog-error.ts";
import type { ParsedRecord } from "../parse-key.ts";

/** What a delete takes away: objects as lists show them, or each version of them. */
export interface Removal<Item extends StoredObject = StoredObject> {
  list(prefix: string, options?: CallOptions): AsyncIterable<Item>;
  /** Whether a plain list shows it. */
  isVisible(item: Item): boolean;
  /** The answer names each that stayed, and why. */
  remove(items: readonly Item[], options?: CallOptions): Promise<readonly DeleteFailure[]>;
}

/** Takes objects away. Where the bucket keeps versions, that frees nothing. */
export function removalOfObjects(store: ObjectStore): Removal {
  return {
    list: (prefix, options) => store.list(prefix, options),
    isVisible: () => true,
    remove: async (items, options) =>
      await store.delete(
        items.map(({ key }) => key),
        options,
      ),
  };
}

/** The versions to purge. @throws {CatalogError} code `no-versions` */
export function purging(versions: VersionedStore | undefined): Removal<StoredVersion> {
  if (versions !== undefined) return removalOfVersions(versions);
  throw new CatalogError(
    "no-versions",
    "The versions of this store are not known: the catalog was opened without `versions`.",
  );
}

/**
 * Takes every version away, for good. Delete markers go last, and only those of keys with nothing
 * left to hide: without its delete marker an object would come back.
 */
function removalOfVersions(store: VersionedStore): Removal<StoredVersion> {
  return {
    list: (prefix, options) => store.listVersions(prefix, options),
    isVisible: ({ latest, deleteMarker }) => latest && !deleteMarker,
    async remove(items, options) {
      const data = items.filter(({ deleteMarker }) => !deleteMarker);
      const stayed = data.length === 0 ? [] : await store.deleteVersions(data, options);
      const hidden = new Set(stayed.map(({ key }) => key));
      const markers = items.filter(({ key, deleteMarker }) => deleteMarker && !hidden.has(key));
      if (markers.length === 0) return stayed;
      return [...stayed, ...(await store.deleteVersions(markers, options))];
    },
  };
}

/**
 * The records of an archive in the order in which they go. Each step ends before the next begins: the
 * marker first, since an archive with holes must not look complete; head and `started.json`
 * last, since by them the rest is found.
 */
export const REMOVAL_STEPS: readonly (readonly ParsedRecord["kind"][])[] = [
  ["marker"],
  ["sums", "members", "manifest", "key"],
  ["head"],
  ["started"],
];
