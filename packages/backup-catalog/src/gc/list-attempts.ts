import type { CallOptions, StoredObject } from "@backuppc-archive-s3/s3-transport";
import type { ArchiveId } from "../archive.ts";
import { CatalogError } from "../catalog-error.ts";
import { inParallel, READS_AT_ONCE } from "../in-parallel.ts";
import { archiveFolder, archivesPrefix } from "../keys.ts";
import { parseKey } from "../parse-key.ts";
import { isFolder, type StoredRecord } from "../read/list-records.ts";
import { trustIn } from "../read/open-archive.ts";
import type { Trust } from "../trust.ts";
import type { ListedAttempt, ListedHead } from "./inventory.ts";
import type { InventoryParts } from "./take-inventory.ts";

/** The host's attempts by their records, with each head that is there. */
export async function listAttempts<Item extends StoredObject>(
  parts: InventoryParts<Item>,
  host: string,
  trust: Trust,
  { onUnknownKey, ...call }: CallOptions & { readonly onUnknownKey?: (key: string) => void },
): Promise<ListedAttempt[]> {
  const { prefix, removal } = parts;
  const found = new Map<string, Found>();
  for await (const item of removal.list(prefix + archivesPrefix(host), call)) {
    const key = item.key.slice(prefix.length);
    const parsed = parseKey(key);
    if (parsed === undefined) {
      if (!isFolder(item, key)) onUnknownKey?.(item.key);
      continue;
    }
    const { id, ...record } = parsed;
    const folder = archiveFolder(id);
    const one = found.get(folder) ?? { id, records: [], bytes: 0, newest: 0 };
    found.set(folder, one);
    one.bytes += item.length;
    one.newest = Math.max(one.newest, item.modified.getTime());
    if (removal.isVisible(item)) one.records.push({ item, record });
  }
  return await inParallel([...found.values()], READS_AT_ONCE, async (one) => ({
    ...attemptOf(one),
    ...(await headOf(parts, one, trust, call)),
  }));
}

interface Found {
  readonly id: ArchiveId;
  /** That a plain list shows. */
  readonly records: StoredRecord[];
  bytes: number;
  newest: number;
}

function attemptOf({ id, records, bytes, newest }: Found): ListedAttempt {
  const hasManifest = records.some(({ record }) => record.kind === "manifest");
  const [marker] = records.flatMap(({ item, record }) =>
    record.kind === "marker" ? [{ status: record.marker.status, finished: item.modified }] : [],
  );
  const counts = { records: records.length, bytes, newest };
  return { id, ...counts, hasManifest, ...(marker !== undefined && { marker }) };
}

async function headOf<Item extends StoredObject>(
  { heads }: InventoryParts<Item>,
  { id, records }: Found,
  trust: Trust,
  call: CallOptions,
): Promise<{ head?: ListedHead }> {
  const object = records.find(({ record }) => record.kind === "head");
  if (object === undefined) return {};
  const modified = object.item.modified.getTime();
  try {
    const stored = await heads.load(id, records, call);
    const state = { head: stored.head, trust: await trustIn(stored, trust) };
    return { head: { modified, state: "read", ...state } };
  } catch (error) {
    if (!(error instanceof CatalogError)) throw error;
    return { head: { modified, state: "unreadable", reason: error.message } };
  }
}
