import type { ObjectStore } from "@backuppc-archive-s3/s3-transport";
import type { ArchiveId } from "./archive.ts";
import { archiveWriter } from "./archive-writer.ts";
import type { Catalog } from "./catalog.ts";
import { CatalogError } from "./catalog-error.ts";
import * as keys from "./keys.ts";
import { listArchives } from "./list-archives.ts";
import { readManifest, readMarker } from "./read-archive.ts";

export interface CatalogOptions {
  /** What every key of this store starts with, such as `site-a/`; `""` if left out. */
  readonly prefix?: string;
}

/** The archives in the store. Opening asks the store for nothing. */
export function openCatalog(store: ObjectStore, { prefix = "" }: CatalogOptions = {}): Catalog {
  return {
    ...archiveWriter(store, prefix),
    chunkKey: (id, index, suffix) => prefix + checkedChunkKey(id, index, suffix),
    tarName: keys.tarName,
    list: async (options) => await listArchives(store, prefix, options),
    readManifest: async (id, options) => await readManifest(store, prefix, id, options),
    readMarker: async (id, options) => await readMarker(store, prefix, id, options),
    sumsKey: (id) => prefix + keys.sumsKey(id),
  };
}

function checkedChunkKey(id: ArchiveId, index: number, suffix: string): string {
  if (index <= keys.LAST_CHUNK_INDEX) return keys.chunkKey(id, index, suffix);
  throw new CatalogError(
    "invalid-archive",
    `${id.host} ${id.number} has more than ${keys.LAST_CHUNK_INDEX} chunks.`,
    "Choose a larger split size.",
  );
}
