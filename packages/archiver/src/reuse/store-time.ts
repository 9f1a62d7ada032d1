import type { ObjectStore } from "@backuppc-archive-s3/s3-transport";
import { ArchiverError } from "../archiver-error.ts";

/**
 * The time by the store's clock: this machine's own decides nothing.
 *
 * @throws {ArchiverError} code `no-clock` if the store has not given it
 */
export function storeTime(store: Pick<ObjectStore, "now">): Date {
  const now = store.now();
  if (now !== undefined) return now;
  throw new ArchiverError("no-clock", "The store does not say what time it is.");
}
