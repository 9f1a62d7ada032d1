import type { CallOptions, StoredObject } from "@backuppc-archive-s3/s3-transport";
import type { ArchiveId } from "../archive.ts";
import { archiveFolder } from "../keys.ts";
import { parseKey, type ParsedRecord } from "../parse-key.ts";

/** Lists what is below a prefix: a store, or one version of each object after another. */
export interface Lister<Item extends StoredObject = StoredObject> {
  list(prefix: string, options?: CallOptions): AsyncIterable<Item>;
}

/** An object in an archive's folder, and what its key says. */
export interface StoredRecord<Item extends StoredObject = StoredObject> {
  readonly item: Item;
  readonly record: ParsedRecord;
}

export interface RecordOptions extends CallOptions {
  /** Called with each key that is none of ours, but for the empty objects that stand for folders. */
  readonly onUnknownKey?: (key: string) => void;
  /** What the archive must have, unless it was deleted or broke off: if one lacks, lists are asked twice. */
  readonly expected?: readonly ParsedRecord["kind"][];
}

/** Of every archive. */
const EXPECTED = ["started", "manifest", "sums", "head", "marker"] as const;

/** The records of one archive. What one list leaves out is not gone: where it lacks any, another one is asked for. */
export async function listRecords<Item extends StoredObject>(
  lister: Lister<Item>,
  id: ArchiveId,
  { onUnknownKey, expected = EXPECTED, ...call }: RecordOptions = {},
): Promise<StoredRecord<Item>[]> {
  const shown = new Map<string, Item>();
  const kinds = new Set<string>();
  for (let lists = 1; lists <= 2; lists++) {
    for await (const item of lister.list(archiveFolder(id), call)) {
      shown.set("version" in item ? `${item.key} ${String(item.version)}` : item.key, item);
      kinds.add(parseKey(item.key)?.kind ?? "unknown");
    }
    if (expected.every((kind) => kinds.has(kind))) break;
  }
  const records: StoredRecord<Item>[] = [];
  for (const item of shown.values()) {
    const record = parseKey(item.key);
    if (record !== undefined) records.push({ item, record });
    else if (!isFolder(item)) onUnknownKey?.(item.key);
  }
  return records;
}

/** An empty object that stands for a folder, which web consoles and other clients make: no noise. */
export function isFolder({ key, length }: Pick<StoredObject, "key" | "length">): boolean {
  return length === 0 && FOLDER.test(key);
}

/** `NAME/` everywhere, `NAME_$folder$` by Hadoop, `NAME/.bzEmpty` by Backblaze's console. */
const FOLDER = /\/$|_\$folder\$$|\/\.bzEmpty$/;
