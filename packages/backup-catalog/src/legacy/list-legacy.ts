import type { ObjectStore } from "@backuppc-archive-s3/s3-transport";
import type { ListOptions } from "../catalog.ts";
import { isFolder } from "../read/list-records.ts";
import { listSteadily } from "../read/list-steadily.ts";
import { assemble, type Piece } from "./assemble.ts";
import type { LegacyArchive } from "./legacy-catalog.ts";
import { parseLegacyKey } from "./legacy-key.ts";

/** @param bucketHost the host that the bucket is of, in whatever case; undefined: any */
export async function listLegacy(
  store: ObjectStore,
  bucketHost: string | undefined,
  { host: wanted, onUnknownKey, steady = false, ...options }: ListOptions = {},
): Promise<LegacyArchive[]> {
  const backups = new Map<string, { host: string; number: number; pieces: Piece[] }>();
  const prefix = wanted === undefined ? "" : `${wanted}.`;
  for (const object of (await listSteadily(store, prefix, { ...options, steady })).values()) {
    const key = parseLegacyKey(object.key);
    if (key === undefined || !isOfHost(key.host, bucketHost)) {
      if (!isFolder(object)) onUnknownKey?.(object.key);
      continue;
    }
    const { host, number } = key;
    if (wanted !== undefined && host !== wanted) continue;
    const name = `${number} ${host}`;
    const backup = backups.get(name) ?? { host, number, pieces: [] };
    backup.pieces.push({ object, key });
    backups.set(name, backup);
  }
  const archives = [...backups.values()].map((backup) => assemble(backup, backup.pieces).archive);
  return archives.toSorted(byHostAndStart);
}

/** Names of buckets are in lower case. */
function isOfHost(host: string, bucketHost: string | undefined): boolean {
  return bucketHost === undefined || host.toLowerCase() === bucketHost.toLowerCase();
}

function byHostAndStart(one: LegacyArchive, other: LegacyArchive): number {
  if (one.id.host !== other.id.host) return one.id.host < other.id.host ? -1 : 1;
  return one.started.getTime() - other.started.getTime() || one.id.number - other.id.number;
}
