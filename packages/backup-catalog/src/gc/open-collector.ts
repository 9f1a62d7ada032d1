import type { ObjectStore, StoredObject, VersionedStore } from "@backuppc-archive-s3/s3-transport";
import type { Catalog } from "../catalog.ts";
import { deleteArchive } from "../delete/delete-archive.ts";
import { dropKeys } from "../delete/drop-keys.ts";
import { purging, type Removal, removalOfObjects } from "../delete/removal.ts";
import { keeperOf } from "../delete/what-keeps.ts";
import { collect } from "./collect.ts";
import { chunkObjects, chunkVersions } from "./doomed-chunks.ts";
import { dropOldCanaries } from "./drop-old-canaries.ts";
import { HeadCache } from "./head-cache.ts";
import { listHosts } from "./list-hosts.ts";
import { takeInventory } from "./take-inventory.ts";

/** The deleting part of a catalog. It needs the rights to list and delete; to purge, those for versions. */
export function openCollector(
  store: ObjectStore,
  versions: VersionedStore | undefined,
): Pick<
  Catalog,
  "delete" | "dropKeys" | "takeInventory" | "listHosts" | "dropOldCanaries" | "collect"
> {
  const objects = removalOfObjects(store);
  const heads = new HeadCache(store);
  const withKeeper = keeperOf(versions);
  /** By versions where they are to be purged, else by objects, of which the bucket may keep something. */
  const choose = async <T>(
    { purgeVersions = false }: { readonly purgeVersions?: boolean },
    work: <Item extends StoredObject>(removal: Removal<Item>) => Promise<T>,
  ): Promise<T> => (purgeVersions ? await work(purging(versions)) : await work(objects));

  return {
    async delete(id, options = {}) {
      const outcome = await choose(
        options,
        async (removal) => await deleteArchive({ store, removal }, id, options),
      );
      return await withKeeper(outcome, options);
    },

    dropKeys: async (id, below, options = {}) =>
      await withKeeper(await dropKeys(objects, id, below, options), options),

    takeInventory: async (host, trust, options = {}) =>
      await choose(
        options,
        async (removal) => await takeInventory({ store, removal, heads }, host, trust, options),
      ),

    listHosts: async (options = {}) =>
      await choose(options, async (removal) => await listHosts(removal, options)),

    dropOldCanaries: async (options = {}) => await dropOldCanaries(store, options),

    async collect(plan, options = {}) {
      if (options.purgeVersions === true) {
        const removal = purging(versions);
        const chunks = chunkVersions(removal, plan, options);
        return await collect(removal, plan, chunks, options);
      }
      const outcome = await collect(objects, plan, chunkObjects(plan), options);
      return await withKeeper(outcome, options);
    },
  };
}
