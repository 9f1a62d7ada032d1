import type { CallOptions, StoredObject } from "@backuppc-archive-s3/s3-transport";
import type { ArchiveId } from "../archive.ts";
import { CatalogError } from "../catalog-error.ts";
import type { Removal } from "../delete/removal.ts";
import { inParallel, READS_AT_ONCE } from "../in-parallel.ts";
import { archiveFolder, archivesPrefix } from "../keys.ts";
import { parseKey } from "../parse-key.ts";
import { isFolder, type StoredRecord } from "../read/list-records.ts";
import { isSound, trustIn } from "../read/open-archive.ts";
import { readAgain } from "../read/read-again.ts";
import type { Trust } from "../trust.ts";
import { confirmDeleted } from "./confirm-deleted.ts";
import type { ListedAttempt, ListedHead } from "./inventory.ts";
import type { InventoryParts } from "./take-inventory.ts";

/** The host's records: those that a plain list shows by key, other versions by key and version. */
export async function listRecordsOf<Item extends StoredObject>(
  removal: Removal<Item>,
  host: string,
  { onUnknownKey, ...call }: CallOptions & { readonly onUnknownKey?: (key: string) => void },
): Promise<Map<string, ListedRecord>> {
  const records = new Map<string, ListedRecord>();
  for await (const item of removal.list(archivesPrefix(host), call)) {
    const { key } = item;
    const parsed = parseKey(key);
    if (parsed === undefined) {
      if (!isFolder(item)) onUnknownKey?.(key);
      continue;
    }
    const { id, ...record } = parsed;
    const version = "version" in item ? String(item.version) : "";
    const visible = removal.isVisible(item);
    records.set(visible ? key : `${key} ${version}`, { id, visible, stored: { item, record } });
  }
  return records;
}

interface ListedRecord {
  readonly id: ArchiveId;
  /** Whether a plain list shows it. */
  readonly visible: boolean;
  readonly stored: StoredRecord;
}

/** The attempts that records belong to, with each head that is there. @throws {CatalogError} code `unsteady` */
export async function readAttempts(
  parts: Pick<InventoryParts<StoredObject>, "store" | "heads"> & { readonly now: Date },
  records: ReadonlyMap<string, ListedRecord>,
  trust: Trust,
  call: CallOptions,
): Promise<ListedAttempt[]> {
  const found = new Map<string, Found>();
  for (const { id, visible, stored } of records.values()) {
    const folder = archiveFolder(id);
    const one = found.get(folder) ?? { id, records: [], bytes: 0, newestMs: 0 };
    found.set(folder, one);
    one.bytes += stored.item.length;
    one.newestMs = Math.max(one.newestMs, stored.item.modified.getTime());
    if (visible) one.records.push(stored);
  }
  return await inParallel([...found.values()], READS_AT_ONCE, async (one) => {
    const attempt = { ...attemptOf(one), ...(await headOf(parts, one, trust, call)) };
    await confirmDeleted(parts, attempt, one.records, parts.now, call);
    return attempt;
  });
}

interface Found {
  readonly id: ArchiveId;
  /** That a plain list shows. */
  readonly records: StoredRecord[];
  bytes: number;
  newestMs: number;
}

function attemptOf({ id, records, bytes, newestMs }: Found): ListedAttempt {
  const hasManifest = records.some(({ record }) => record.kind === "manifest");
  const [marker] = records.flatMap(({ item, record }) =>
    record.kind === "marker" ? [{ status: record.marker.status, finished: item.modified }] : [],
  );
  const counts = { records: records.length, bytes, newestMs };
  return { id, ...counts, hasManifest, ...(marker !== undefined && { marker }) };
}

type ReadHead = Pick<Extract<ListedHead, { state: "read" }>, "head" | "trust">;

async function headOf(
  { heads }: Pick<InventoryParts<StoredObject>, "heads">,
  { id, records }: Found,
  trust: Trust,
  call: CallOptions,
): Promise<{ head?: ListedHead }> {
  const object = records.find(({ record }) => record.kind === "head");
  if (object === undefined) return {};
  const modifiedMs = object.item.modified.getTime();
  try {
    let again = false;
    const read = async (): Promise<ReadHead> => {
      const options = { ...call, again };
      again = true;
      const stored = await heads.load(id, records, options);
      return { head: stored.head, trust: await trustIn(stored, trust) };
    };
    const state = await readAgain(read, (found) => isSound(found.trust));
    return { head: { modifiedMs, state: "read", ...state } };
  } catch (error) {
    if (!(error instanceof CatalogError)) throw error;
    return { head: { modifiedMs, state: "unreadable", reason: error.message } };
  }
}
