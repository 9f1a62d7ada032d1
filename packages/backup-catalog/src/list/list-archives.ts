import type { ObjectStore, StoredObject } from "@backuppc-archive-s3/s3-transport";
import type { ArchiveId } from "../archive.ts";
import { startOfAttempt } from "../attempt-id.ts";
import type { ArchiveSummary, ListOptions } from "../catalog.ts";
import { archiveFolder, archivesPrefix, type MarkerName } from "../keys.ts";
import { parseKey, type ParsedKey } from "../parse-key.ts";
import { isFolder } from "../read/list-records.ts";
import { listSteadily } from "../read/list-steadily.ts";

/** Makes a summary of each archive from the keys alone: seven an archive. */
export async function listArchives(
  store: ObjectStore,
  { host, onUnknownKey, steady = false, ...options }: ListOptions = {},
): Promise<ArchiveSummary[]> {
  const folder = archivesPrefix(host);
  const archives = new Map<string, Keys>();
  for (const object of (await listSteadily(store, folder, { ...options, steady })).values()) {
    const parsed = parseKey(object.key);
    if (parsed !== undefined) note(archives, parsed, object);
    else if (!isFolder(object)) onUnknownKey?.(object.key);
  }
  return [...archives.values()].map(summaryOf).toSorted(byHostAndStart);
}

/** What an archive's keys are. */
interface Keys {
  readonly id: ArchiveId;
  readonly markers: { readonly name: MarkerName; readonly finished: Date }[];
  hasHead: boolean;
  hasManifest: boolean;
}

function note(archives: Map<string, Keys>, parsed: ParsedKey, { modified }: StoredObject): void {
  const folder = archiveFolder(parsed.id);
  const found = archives.get(folder);
  const keys = found ?? { id: parsed.id, markers: [], hasHead: false, hasManifest: false };
  if (found === undefined) archives.set(folder, keys);
  if (parsed.kind === "head") keys.hasHead = true;
  if (parsed.kind === "manifest") keys.hasManifest = true;
  if (parsed.kind === "marker") keys.markers.push({ name: parsed.marker, finished: modified });
}

function summaryOf({ id, markers, hasHead, hasManifest }: Keys): ArchiveSummary {
  // A key whose attempt has no start is unknown, so there is one.
  const started = startOfAttempt(id.attempt) ?? new Date(0);
  const [marker] = markers;
  if (marker === undefined) {
    // A head is put after its manifest: without it, a delete was there.
    const deleted = hasHead && !hasManifest;
    return { id, status: "incomplete", started, ambiguous: false, deleted };
  }
  const { name, finished } = marker;
  return { id, started, ...name, finished, ambiguous: markers.length > 1, deleted: false };
}

function byHostAndStart(a: ArchiveSummary, b: ArchiveSummary): number {
  if (a.id.host !== b.id.host) return a.id.host < b.id.host ? -1 : 1;
  if (a.id.attempt !== b.id.attempt) return a.id.attempt < b.id.attempt ? -1 : 1;
  return a.id.number - b.id.number;
}
