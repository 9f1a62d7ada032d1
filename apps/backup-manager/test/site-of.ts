import { openCatalog } from "@backuppc-archive-s3/backup-catalog";
import type { ObjectStore } from "@backuppc-archive-s3/s3-transport";
import type { Site } from "../src/site.ts";

/** A site whose objects are in that store, with nothing of the predecessor's. */
export function siteOf(store: ObjectStore): Site {
  return {
    name: "s3://bucket/",
    catalog: openCatalog(store),
    store,
    predecessorOf: () => undefined,
    presign: async () => await Promise.reject(new Error("nothing is signed here")),
    passphrase: async () => undefined,
  };
}
