import type { CallOptions, ObjectStore } from "@backuppc-archive-s3/s3-transport";
import type { ArchiveId, Manifest, Marker } from "./archive.ts";
import { CatalogError } from "./catalog-error.ts";
import { archiveFolder, manifestKey, parseKey } from "./keys.ts";
import { damaged, readJson } from "./read-json.ts";
import { manifestSchema, markerSchema } from "./schemas.ts";

/** Reads the manifest, and refuses one that is not of this archive or points elsewhere. */
export async function readManifest(
  store: ObjectStore,
  prefix: string,
  id: ArchiveId,
  options?: CallOptions,
): Promise<Manifest> {
  const key = prefix + manifestKey(id);
  const manifest = await readJson(store, key, manifestSchema, options);
  refuseOther(key, manifest, id);
  let tarOffset = 0;
  for (const chunk of manifest.chunks) {
    const belongs = chunk.key.startsWith(prefix) && isChunkOf(id, chunk.key.slice(prefix.length));
    if (!belongs) throw damaged(key, `names a chunk that is not the archive's: ${chunk.key}`);
    if (chunk.tarOffset !== tarOffset) throw damaged(key, `has a gap before ${chunk.key}`);
    tarOffset += chunk.tarLength;
  }
  if (tarOffset !== manifest.tarBytes) throw damaged(key, "ends before the tar does");
  return manifest;
}

/** Finds the marker by listing the archive's folder, since its name holds its counts, and reads it. */
export async function readMarker(
  store: ObjectStore,
  prefix: string,
  id: ArchiveId,
  options?: CallOptions,
): Promise<Marker> {
  for await (const { key } of store.list(prefix + archiveFolder(id), options)) {
    if (parseKey(key.slice(prefix.length))?.kind !== "marker") continue;
    const marker = await readJson(store, key, markerSchema, options);
    refuseOther(key, marker, id);
    return marker;
  }
  throw new CatalogError(
    "not-found",
    `${id.host} ${id.number}, attempt ${id.attempt}, has no marker.`,
    "The archive is unfinalized or was deleted; `list` tells what there is.",
  );
}

function refuseOther(key: string, found: ArchiveId, wanted: ArchiveId): void {
  if (archiveFolder(found) === archiveFolder(wanted)) return;
  throw damaged(key, `is of another archive: ${found.host} ${found.number} ${found.attempt}`);
}

function isChunkOf(id: ArchiveId, key: string): boolean {
  const parsed = parseKey(key);
  return parsed?.kind === "chunk" && archiveFolder(parsed.id) === archiveFolder(id);
}
