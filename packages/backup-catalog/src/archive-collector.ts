import type {
  BucketProtection,
  CallOptions,
  ObjectStore,
  StoredVersion,
  VersionedStore,
} from "@backuppc-archive-s3/s3-transport";
import { CatalogError } from "./catalog-error.ts";
import type { Catalog } from "./catalog.ts";
import { deleteArchive } from "./delete/delete-archive.ts";
import type { DeleteOutcome } from "./delete/delete-outcome.ts";
import { type Removal, removalOfObjects, removalOfVersions } from "./delete/removal.ts";
import { collect } from "./gc/collect.ts";
import { takeInventory } from "./gc/take-inventory.ts";

/** The deleting half of a catalog. It needs the rights to list and delete; to purge, those for versions. */
export function archiveCollector(
  store: ObjectStore,
  prefix: string,
  versions: VersionedStore | undefined,
): Pick<Catalog, "delete" | "takeInventory" | "collect"> {
  const objects = removalOfObjects(store);
  const whatKeeps = keeperOf(versions);
  return {
    async delete(id, options = {}) {
      if (options.purgeVersions === true)
        return await deleteArchive(purging(versions), prefix, id, options);
      const outcome = await deleteArchive(objects, prefix, id, options);
      return { ...outcome, ...(await whatKeeps(outcome, options)) };
    },

    async takeInventory(options = {}) {
      if (options.purgeVersions === true)
        return await takeInventory(purging(versions), prefix, options);
      return await takeInventory(objects, prefix, options);
    },

    async collect(garbage, options = {}) {
      if (options.purgeVersions === true)
        return await collect(purging(versions), prefix, garbage, options);
      const outcome = await collect(objects, prefix, garbage, options);
      return outcome && { ...outcome, ...(await whatKeeps(outcome, options)) };
    },
  };
}

/** Asks the bucket once, and only after something was deleted. */
function keeperOf(
  versions: VersionedStore | undefined,
): (outcome: DeleteOutcome, options: CallOptions) => Promise<Pick<DeleteOutcome, "keptBy">> {
  let protection: BucketProtection | undefined;
  return async ({ deleted }, { signal }) => {
    if (deleted === 0 || versions === undefined) return {};
    protection ??= await versions.protection(signal === undefined ? {} : { signal });
    const { versioning, objectLock } = protection;
    if (versioning !== "enabled" && versioning !== "suspended") return {};
    return { keptBy: objectLock === true ? "object-lock" : "versioning" };
  };
}

function purging(versions: VersionedStore | undefined): Removal<StoredVersion> {
  if (versions !== undefined) return removalOfVersions(versions);
  throw new CatalogError(
    "no-versions",
    "The versions of this store are not known.",
    "Open the catalog with `versions`.",
  );
}
