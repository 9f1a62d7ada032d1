import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import {
  type ArchiveId,
  type Catalog,
  type Encryption,
  FORMAT,
  type Marker,
} from "@backuppc-archive-s3/backup-catalog";
import type { Sealer } from "@backuppc-archive-s3/gpg";
import { ArchiveError } from "./archive-error.ts";
import type { ArchiveRequest } from "./arguments.ts";
import type { BackupRecord } from "./backuppc/backup-record.ts";
import { startTarCreate, type TarSummary } from "./backuppc/tar-create.ts";
import { archiveStream, type ChunkStages, type StoredStream } from "./pipeline/archive-stream.ts";
import { sha256Sums } from "./pipeline/sums.ts";

/** What an archive is made with. */
export interface ArchiveParts {
  readonly id: ArchiveId;
  readonly started: Date;
  readonly catalog: Catalog;
  readonly encryption: Encryption | null;
  /** BackupPC's own record of the backup, where it can be read. */
  readonly record: BackupRecord | undefined;
  readonly stages: Omit<ChunkStages, "spool" | "chunkKey">;
  readonly tool: string;
  /** Told each line of BackupPC_tarCreate. */
  readonly onLine: (line: string) => void;
}

/**
 * Takes one backup of one host off-site. The marker is written last, and only
 * if every chunk was stored and BackupPC_tarCreate ended well.
 */
export async function archiveBackup(
  request: ArchiveRequest,
  parts: ArchiveParts,
  controller: AbortController,
): Promise<Marker> {
  const { id, catalog, tool, started } = parts;
  const spool = join(request.workingDirectory, "spool", id.attempt);
  await mkdir(spool, { recursive: true, mode: 0o700 }).catch(noWorkingDirectory);
  try {
    await catalog.begin({ ...id, format: FORMAT, started: started.toISOString(), tool });
    const { stream, summary } = await storeBackup(request, parts, spool, controller);
    controller.signal.throwIfAborted();
    return await commit(parts, stream, summary);
  } finally {
    await rm(spool, { recursive: true, force: true });
  }
}

async function storeBackup(
  request: ArchiveRequest,
  { id, catalog, encryption, stages, onLine }: ArchiveParts,
  spool: string,
  controller: AbortController,
): Promise<{ stream: StoredStream; summary: TarSummary }> {
  const { tarCreatePath: path, host, number, share } = request;
  const { signal } = controller;
  const folder = spool;
  const tarCreate = await startTarCreate({ path, host, number, share, folder, signal, onLine });
  const suffix = `${stages.compressor.suffix}${encryption === null ? "" : ".gpg"}`;
  const chunkKey = (index: number): string => catalog.chunkKey(id, index, suffix);
  const stream = await archiveStream(tarCreate.tar, { ...stages, spool, chunkKey }, controller);
  const summary = await tarCreate.finished();
  if (stream.chunks.length === 0) throw emptyArchive(host, number);
  return { stream, summary };
}

async function commit(
  { id, catalog, encryption, record, stages, tool, started }: ArchiveParts,
  stream: StoredStream,
  summary: TarSummary,
): Promise<Marker> {
  const { name, suffix } = stages.compressor;
  const chunks = stream.chunks.map(({ entry }) => entry);
  const shared = {
    ...id,
    format: FORMAT,
    compression: { name, suffix },
    encryption,
    tarBytes: stream.tar.length,
  } as const;
  const marker: Marker = {
    ...shared,
    tool,
    started: started.toISOString(),
    finished: new Date().toISOString(),
    ...(record && { backup: { type: record.type, started: record.started.toISOString() } }),
    chunks: chunks.length,
    storedBytes: chunks.reduce((sum, chunk) => sum + chunk.storedLength, 0),
    sourceErrors: summary.errors,
  };
  const sums = sha256Sums(stream, catalog.tarName(id));
  const sealedSums = await sealText(stages.sealer, sums);
  await catalog.commit({ manifest: { ...shared, chunks }, sealedSums, marker });
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

function emptyArchive(host: string, number: number): ArchiveError {
  return new ArchiveError(
    "empty-archive",
    `BackupPC_tarCreate gave nothing for ${host} ${number}.`,
    "Look whether the backup is still there in BackupPC.",
  );
}

function noWorkingDirectory(cause: unknown): never {
  throw new ArchiveError(
    "spool-failed",
    `The working directory can't be used: ${cause instanceof Error ? cause.message : String(cause)}.`,
    "$Conf{ArchiveDest} must be a folder that the backuppc user can write to.",
    cause,
  );
}
