import type { ObjectStore, VersionedStore } from "@backuppc-archive-s3/s3-transport";
import { archiveCollector } from "./archive-collector.ts";
import { archiveWriter } from "./archive-writer.ts";
import type { ArchiveId } from "./archive.ts";
import { CatalogError } from "./catalog-error.ts";
import type { Catalog } from "./catalog.ts";
import * as keys from "./keys.ts";
import { listArchives } from "./list-archives.ts";
import { readManifest, readMarker } from "./read-archive.ts";
import { readChunk } from "./verify/read-chunk.ts";
import { verifyArchive } from "./verify/verify-archive.ts";

export interface CatalogOptions {
  /** What every key of this store starts with, such as `site-a/`; `""` if left out. */
  readonly prefix?: string;
  /** The versions of the same bucket. With it, deletes tell whether they free anything, and can. */
  readonly versions?: VersionedStore;
}

/** The archives in the store. Opening asks the store for nothing. */
export function openCatalog(store: ObjectStore, options: CatalogOptions = {}): Catalog {
  const { prefix = "", versions } = options;
  return {
    ...archiveWriter(store, prefix),
    ...archiveCollector(store, prefix, versions),
    chunkKey: (id, index, suffix) => prefix + checkedChunkKey(id, index, suffix),
    tarName: keys.tarName,
    list: async (call) => await listArchives(store, prefix, call),
    readManifest: async (id, call) => await readManifest(store, prefix, id, call),
    readMarker: async (id, call) => await readMarker(store, prefix, id, call),
    verify: async (id, call) => await verifyArchive(store, prefix, id, call),
    readChunk: (chunk, call) => readChunk(store, chunk, call),
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
