import type { ChunkEntry, Manifest } from "@backuppc-archive-s3/backup-catalog";

/** A stored chunk, and every place in the archives of its host where it is used. */
export interface SharedChunk<Archive> {
  readonly entry: ChunkEntry;
  /** At least one; the first is in the archive that comes first. */
  readonly uses: readonly Use<Archive>[];
}

interface Use<Archive> {
  readonly archive: Archive;
  /** In its manifest, from 0. */
  readonly place: number;
}

/**
 * The chunks of several archives of a host, each once, in the order of the archives and their streams. Two manifests
 * that expect other bytes under one name make two of it.
 */
export function sharedChunks<Archive extends { readonly manifest: Manifest }>(
  archives: readonly Archive[],
): SharedChunk<Archive>[] {
  const chunks = new Map<string, { entry: ChunkEntry; uses: Use<Archive>[] }>();
  for (const archive of archives) {
    for (const [place, entry] of archive.manifest.chunks.entries()) {
      const key = keyOf(entry);
      const known = chunks.get(key);
      if (known === undefined) chunks.set(key, { entry, uses: [{ archive, place }] });
      else known.uses.push({ archive, place });
    }
  }
  return [...chunks.values()];
}

function keyOf({ name, versionId = "", storedLength, sha256 }: ChunkEntry): string {
  return `${name} ${versionId} ${storedLength} ${sha256}`;
}
