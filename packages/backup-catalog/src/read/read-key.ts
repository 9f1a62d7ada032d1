import type { CallOptions, ObjectStore } from "@backuppc-archive-s3/s3-transport";
import type { ArchiveId } from "../archive.ts";
import type { StoredKey } from "../catalog.ts";
import { dataKeyKey } from "../keys.ts";
import { LIMITS } from "./limits.ts";
import { listRecords } from "./list-records.ts";
import { readObject } from "./read-object.ts";

/** Reads the data key's message with the highest serial. */
export async function readKey(
  store: ObjectStore,
  id: ArchiveId,
  options?: CallOptions,
): Promise<StoredKey | undefined> {
  const records = await listRecords(store, id, { ...options, expected: ["key"] });
  const serials = records.flatMap(({ record }) => (record.kind === "key" ? [record.serial] : []));
  if (serials.length === 0) return undefined;
  const serial = Math.max(...serials);
  const message = await readObject(store, dataKeyKey(id, serial), LIMITS.key, options);
  return { serial, message };
}
