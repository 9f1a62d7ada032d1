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

/** What else is known of the store. */
export interface CatalogOptions {
  /** The versions of the same store. With it, deletes report whether they free anything, and can. */
  readonly versions?: VersionedStore;
}

/** The archives in the store. Opening asks the store for nothing. */
export function openCatalog(store: ObjectStore, { versions }: CatalogOptions = {}): Catalog {
  const sumsKey = (head: Head): string => keys.sumsKey(head, head.encryption !== null);
  const membersKey = (head: Head, part: number): string =>
    keys.membersKey(head, part, head.encryption !== null);
  const records: Parameters<typeof ownArchive>[1] = {
    chunkKey: keys.chunkKey,
    sumsKey,
    membersKey,
    readManifest: async (head, call) => await readManifest(store, head, call),
    readKey: async (id, call) => await readKey(store, id, call),
  };
  const openHead: Catalog["openArchive"] = async (id, trust, call) =>
    await openArchive(async () => await readHead(store, id, call), trust);
  return {
    ...openCollector(store, versions),
    ...records,
    list: async (call) => await listArchives(store, call),
    readHead: async (id, call) => await readHead(store, id, call),
    openArchive: openHead,
    open: async (id, trust, call) => ownArchive(await openHead(id, trust, call), records, store),
    readSums: async (head, call) =>
      await readDigested(store, sumsKey(head), head.digests.sums, LIMITS.sums, call),
    readChunk: async (host, chunk, call) => await readChunk(store, host, chunk, call),
    verify: async (archives, trust, call) => await verifyArchives(store, archives, trust, call),

    async readMembers(head, part, call) {
      const key = membersKey(head, part);
      const sha256 = head.digests.members[part - 1];
      if (sha256 === undefined) throw damaged(key, "is no part of the member index");
      return await readDigested(store, key, sha256, LIMITS.members, call);
    },
  };
}
