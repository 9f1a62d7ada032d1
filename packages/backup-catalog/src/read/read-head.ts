import type { CallOptions, ObjectStore } from "@backuppc-archive-s3/s3-transport";
import type { ArchiveId, Head } from "../archive.ts";
import type { StoredHead } from "../catalog.ts";
import { CatalogError } from "../catalog-error.ts";
import { headKey, type MarkerName, markerKey } from "../keys.ts";
import { headSchema } from "../schemas.ts";
import { LIMITS } from "./limits.ts";
import { listRecords, type StoredRecord } from "./list-records.ts";
import { parseRecord } from "./parse-record.ts";
import { readObject } from "./read-object.ts";

/** Reads a head, after a list of the archive's folder: the marker's name holds its counts. */
export async function readHead(
  store: ObjectStore,
  id: ArchiveId,
  options?: CallOptions,
): Promise<StoredHead> {
  const records = await listRecords(store, id, options);
  if (records.length === 0) throw nothingOf(id);
  return await loadHead(store, id, records, options);
}

/** The same with the list at hand. */
export async function loadHead(
  store: ObjectStore,
  id: ArchiveId,
  records: readonly StoredRecord[],
  options?: CallOptions,
): Promise<StoredHead> {
  const key = headKey(id);
  const bytes = await readObject(store, key, LIMITS.head, options);
  const head = parseRecord(key, id, bytes, headSchema);
  const modified = records.find(({ record }) => record.kind === "head")?.item.modified;
  const markers = records.flatMap(({ item, record }) =>
    record.kind === "marker" ? [{ item, name: record.marker }] : [],
  );
  const about = { head, bytes, modified: modified ?? new Date(head.finished) };
  const [marker] = markers;
  if (marker === undefined) return { ...about, marker: "none" };
  const finished = marker.item.modified;
  if (markers.length > 1) return { ...about, finished, marker: "several" };
  const signature = await readObject(store, marker.item.key, LIMITS.signature, options);
  const agrees = isMarkerOf(marker.name, head) ? "agrees" : "disagrees";
  return { ...about, finished, signature, marker: agrees };
}

/** The head's own counts make the only name that its marker may have. */
function isMarkerOf(name: MarkerName, head: Head): boolean {
  return markerKey(head, name) === markerKey(head, head);
}

/** Nothing of the archive is there. */
export function nothingOf({ host, number, attempt }: ArchiveId): CatalogError {
  return new CatalogError(
    "not-found",
    `${host} ${number}, attempt ${attempt}, is not in the store.`,
  );
}
