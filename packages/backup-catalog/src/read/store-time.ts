import type { CallOptions, ObjectStore } from "@backuppc-archive-s3/s3-transport";
import { CatalogError } from "../catalog-error.ts";

/**
 * The time by an answer of just now: what the store said hours ago may have been counted on by a clock that slept.
 *
 * @param prefix of a list that costs little
 * @throws {CatalogError} code `clock`
 */
export async function storeTime(
  store: ObjectStore,
  prefix: string,
  call: CallOptions,
): Promise<Date> {
  const page = store.list(prefix, call)[Symbol.asyncIterator]();
  await page.next();
  await page.return?.();
  return timeOfLastAnswer(store);
}

/** The time by the store's last answer. @throws {CatalogError} code `clock` */
export function timeOfLastAnswer(store: ObjectStore): Date {
  const now = store.now();
  if (now !== undefined) return now;
  throw new CatalogError(
    "clock",
    "The store's answers do not say what time it is, so no age is known.",
  );
}
