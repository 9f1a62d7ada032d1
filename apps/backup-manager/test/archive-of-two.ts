import type { ArchiveId, Catalog } from "@backuppc-archive-s3/backup-catalog";
import { bytesBody, type ObjectStore } from "@backuppc-archive-s3/s3-transport";

/** Stores an archive of two chunks that are neither compressed nor encrypted; in all, `hello world`. */
export async function archiveOfTwo(
  store: ObjectStore,
  catalog: Catalog,
  id: ArchiveId,
  { sourceErrors = 0, committed = true }: { sourceErrors?: number; committed?: boolean } = {},
): Promise<void> {
  const about = { compression: { suffix: "", name: "none" }, encryption: null, tarBytes: 11 };
  const started = "2026-11-22T03:15:00.000Z";
  const header = { ...id, format: 1, started, tool: "archive-host 0.1.0" } as const;
  await catalog.begin(header);
  const chunks = [];
  for (const [slice, text] of ["hello ", "world"].entries()) {
    const key = catalog.chunkKey(id, slice + 1, "");
    const body = bytesBody(Buffer.from(text));
    await store.put(key, body);
    const { length: storedLength, sha256 } = body;
    chunks.push({ key, tarOffset: slice * 6, tarLength: storedLength, storedLength, sha256 });
  }
  if (!committed) return;
  await catalog.commit({
    manifest: { ...id, format: 1, ...about, chunks },
    sealedSums: Buffer.from("sums"),
    marker: { ...header, ...about, finished: started, chunks: 2, storedBytes: 11, sourceErrors },
  });
}
