import { type ArchiveId, FORMAT, type Marker } from "@backuppc-archive-s3/backup-catalog";
import type { Sealer } from "@backuppc-archive-s3/gpg";
import type { ArchiveParts } from "./archive-parts.ts";
import type { TarSummary } from "./backuppc/tar-create.ts";
import type { StoredStream } from "./pipeline/archive-stream.ts";
import { sha256Sums } from "./pipeline/sums.ts";

/** Stores manifest and sums, and the marker last: the archive is complete, or partial where the source had errors. */
export async function commitArchive(
  { settings, catalog, stages }: ArchiveParts,
  { id, started }: { readonly id: ArchiveId; readonly started: Date },
  stream: StoredStream,
  summary: TarSummary,
  signal: AbortSignal,
): Promise<Marker> {
  signal.throwIfAborted();
  const { tool, compression, encryption, backup } = settings;
  const chunks = stream.chunks.map(({ entry }) => entry);
  const shared = {
    ...id,
    format: FORMAT,
    compression,
    encryption,
    tarBytes: stream.tar.length,
  } as const;
  const marker: Marker = {
    ...shared,
    tool,
    started: started.toISOString(),
    finished: new Date().toISOString(),
    ...(backup !== null && { backup }),
    chunks: chunks.length,
    storedBytes: chunks.reduce((sum, chunk) => sum + chunk.storedLength, 0),
    sourceErrors: summary.errors,
  };
  const sealedSums = await sealText(stages.sealer, sha256Sums(stream, catalog.tarName(id)));
  await catalog.commit({ manifest: { ...shared, chunks }, sealedSums, marker }, { signal });
  return marker;
}

async function sealText(sealer: Sealer, text: string): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of sealer.seal(oneBlock(text)).bytes) pieces.push(piece);
  return Buffer.concat(pieces);
}

async function* oneBlock(text: string): AsyncGenerator<Uint8Array> {
  // A copy: the sealer takes the memory over, and a short Buffer shares its own with others.
  yield Uint8Array.from(Buffer.from(text));
}
