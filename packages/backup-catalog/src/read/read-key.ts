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
  prefix: string,
  id: ArchiveId,
  options?: CallOptions,
): Promise<StoredKey | undefined> {
  const records = await listRecords(store, prefix, id, { ...options, expected: ["key"] });
  const serials = records.flatMap(({ record }) => (record.kind === "key" ? [record.serial] : []));
  if (serials.length === 0) return undefined;
  const serial = Math.max(...serials);
  const message = await readObject(store, prefix + dataKeyKey(id, serial), LIMITS.key, options);
  return { serial, message };
}
