import type { ObjectStore } from "@backuppc-archive-s3/s3-transport";

/** What the store says that time it is, by which archives are dated; this machine's clock before the first answer. */
export function storeTime(store: Pick<ObjectStore, "now">): Date {
  return store.now() ?? new Date();
}
