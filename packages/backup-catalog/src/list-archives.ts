import type { ObjectStore, StoredObject } from "@backuppc-archive-s3/s3-transport";
import type { ArchiveId } from "./archive.ts";
import { startOfAttempt } from "./attempt-id.ts";
import type { ArchiveSummary, ListOptions } from "./catalog.ts";
import { archiveFolder, archivesPrefix, parseKey, type ParsedKey } from "./keys.ts";

/** Makes a summary of each archive from the keys alone: at most four an archive. */
export async function listArchives(
  store: ObjectStore,
  prefix: string,
  { host, onStray, ...options }: ListOptions = {},
): Promise<ArchiveSummary[]> {
  const archives = new Map<string, ArchiveSummary>();
  for await (const object of store.list(prefix + archivesPrefix(host), options)) {
    const parsed = parseKey(object.key.slice(prefix.length));
    if (parsed === undefined) {
      onStray?.(object.key);
      continue;
    }
    const folder = archiveFolder(parsed.id);
    const known = archives.get(folder) ?? unfinalized(parsed.id);
    archives.set(folder, { ...known, ...whatKeyTells(parsed, object) });
  }
  return [...archives.values()].toSorted(byHostAndStart);
}

function whatKeyTells(parsed: ParsedKey, { modified }: StoredObject): Partial<ArchiveSummary> {
  if (parsed.kind === "manifest") return { hasManifest: true };
  if (parsed.kind === "sums") return { hasSums: true };
  if (parsed.kind === "marker") return { ...parsed.marker, finished: modified };
  return {};
}

function unfinalized(id: ArchiveId): ArchiveSummary {
  // A key whose attempt has no start is stray, so there is one.
  const started = startOfAttempt(id.attempt) ?? new Date(0);
  return { id, status: "unfinalized", started, hasManifest: false, hasSums: false };
}

function byHostAndStart(a: ArchiveSummary, b: ArchiveSummary): number {
  if (a.id.host !== b.id.host) return a.id.host < b.id.host ? -1 : 1;
  if (a.id.attempt !== b.id.attempt) return a.id.attempt < b.id.attempt ? -1 : 1;
  return a.id.number - b.id.number;
}
