import type { CallOptions, StoredObject } from "@backuppc-archive-s3/s3-transport";
import type { ArchiveId } from "../archive.ts";
import { archiveFolder } from "../keys.ts";
import { isFolderKey, parseKey, type ParsedRecord } from "../parse-key.ts";

/** Lists what is below a prefix: a store, or one version of each object after another. */
export interface Lister<Item extends StoredObject = StoredObject> {
  list(prefix: string, options?: CallOptions): AsyncIterable<Item>;
}

/** An object in an archive's folder, and what its key says. */
export interface StoredRecord<Item extends StoredObject = StoredObject> {
  readonly item: Item;
  readonly record: ParsedRecord;
}

/** The records of one archive. Keys that are none of ours are reported, but for the empty objects that stand for folders. */
export async function listRecords<Item extends StoredObject>(
  lister: Lister<Item>,
  prefix: string,
  id: ArchiveId,
  { onUnknownKey, ...call }: CallOptions & { readonly onUnknownKey?: (key: string) => void } = {},
): Promise<StoredRecord<Item>[]> {
  const records: StoredRecord<Item>[] = [];
  for await (const item of lister.list(prefix + archiveFolder(id), call)) {
    const key = item.key.slice(prefix.length);
    const record = parseKey(key);
    if (record !== undefined) records.push({ item, record });
    else if (!isFolder(item, key)) onUnknownKey?.(item.key);
  }
  return records;
}

/** An empty object by a folder's name, which some clients make: no noise. */
export function isFolder({ length }: StoredObject, key: string): boolean {
  return length === 0 && isFolderKey(key);
}
