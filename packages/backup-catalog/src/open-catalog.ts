import type { ObjectStore, VersionedStore } from "@backuppc-archive-s3/s3-transport";
import type { Head } from "./archive.ts";
import type { Catalog } from "./catalog.ts";
import { openCollector } from "./gc/open-collector.ts";
import * as keys from "./keys.ts";
import { listArchives } from "./list/list-archives.ts";
import { LIMITS } from "./read/limits.ts";
import { openArchive } from "./read/open-archive.ts";
import { readChunk } from "./read/read-chunk.ts";
import { readHead } from "./read/read-head.ts";
import { readKey } from "./read/read-key.ts";
import { readManifest } from "./read/read-manifest.ts";
import { damaged, readDigested } from "./read/read-object.ts";
import { ownArchive } from "./readable/own-archive.ts";
import { verifyArchives } from "./verify/verify-archives.ts";

/** Where in the bucket the archives are. */
export interface CatalogOptions {
  /** What every key of this store starts with, such as `site-a/`; `""` if left out. */
  readonly prefix?: string;
  /** The versions of the same bucket. With it, deletes report whether they free anything, and can. */
  readonly versions?: VersionedStore;
}

/** The archives in the store. Opening asks the store for nothing. */
export function openCatalog(
  store: ObjectStore,
  { prefix = "", versions }: CatalogOptions = {},
): Catalog {
  const sumsKey = (head: Head): string => prefix + keys.sumsKey(head, head.encryption !== null);
  const membersKey = (head: Head, part: number): string =>
    prefix + keys.membersKey(head, part, head.encryption !== null);
  const records: Parameters<typeof ownArchive>[1] = {
    chunkKey: (host, name) => prefix + keys.chunkKey(host, name),
    sumsKey,
    membersKey,
    readManifest: async (head, call) => await readManifest(store, prefix, head, call),
    readKey: async (id, call) => await readKey(store, prefix, id, call),
  };
  const openHead: Catalog["openArchive"] = async (id, trust, call) =>
    await openArchive(async () => await readHead(store, prefix, id, call), trust);
  return {
    ...openCollector(store, prefix, versions),
    ...records,
    list: async (call) => await listArchives(store, prefix, call),
    readHead: async (id, call) => await readHead(store, prefix, id, call),
    openArchive: openHead,
    open: async (id, trust, call) => ownArchive(await openHead(id, trust, call), records, store),
    readSums: async (head, call) =>
      await readDigested(store, sumsKey(head), head.digests.sums, LIMITS.sums, call),
    readChunk: async (host, chunk, call) => await readChunk(store, prefix, host, chunk, call),
    verify: async (archives, trust, call) =>
      await verifyArchives(store, prefix, archives, trust, call),

    async readMembers(head, part, call) {
      const key = membersKey(head, part);
      const sha256 = head.digests.members[part - 1];
      if (sha256 === undefined) throw damaged(key, "is no part of the member index");
      return await readDigested(store, key, sha256, LIMITS.members, call);
    },
  };
}
