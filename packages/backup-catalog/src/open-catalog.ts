import type { ObjectStore, VersionedStore } from "@backuppc-archive-s3/s3-transport";
import type { Catalog } from "./catalog.ts";

export interface CatalogOptions {
  /** What every key of this store starts with, such as `site-a/`; `""` if left out. */
  readonly prefix?: string;
  /** The versions of the same bucket. With it, deletes tell whether they free anything, and can. */
  readonly versions?: VersionedStore;
}

/** The archives in the store. Opening asks the store for nothing. */
export function openCatalog(_store: ObjectStore, _options: CatalogOptions = {}): Catalog {
  throw new Error("not yet");
}
