import { availableParallelism } from "node:os";
import { type Encryption, openCatalog } from "@backuppc-archive-s3/backup-catalog";
import {
  createS3Store,
  withContentMd5,
  withRetry,
  withStorageClass,
  withUploadLimit,
} from "@backuppc-archive-s3/s3-transport";
import { loadSettings, type Settings, storeLocation } from "@backuppc-archive-s3/settings";
import type { ArchiveParts } from "./archive-parts.ts";
import type { ArchiveRequest } from "./arguments.ts";
import { type BackupRecord, readBackupRecord } from "./backuppc/backup-record.ts";
import { watchUploadRate } from "./bandwidth/upload-rate.ts";
import { chosenEncryption } from "./chosen-encryption.ts";
import { compressorFor } from "./compress/compression.ts";
import type { Compressor } from "./compress/compressor.ts";
import type { AttemptSettings } from "./journal/journal-format.ts";
import { BlockPool } from "./pipeline/block-pool.ts";
import { memoryBudget } from "./pipeline/memory-budget.ts";
import { Meter, type Reading } from "./report/meter.ts";
import { meteredStore } from "./report/metered-store.ts";
import { startProgress } from "./report/progress.ts";
import type { Report } from "./report/report.ts";
import { startStatusFile } from "./status/status-file.ts";
import { TOOL } from "./tool.ts";

/** All that an archive is made with, and the end of it. */
export interface Prepared {
  readonly parts: ArchiveParts;
  readonly sourceErrors: Settings["sourceErrors"];
  readonly close: () => Promise<void>;
}

/** Puts together what the request and the configuration ask for; nothing is stored yet. */
export async function prepare(
  request: ArchiveRequest,
  environment: NodeJS.ProcessEnv,
  { output, say, alsoToSyslog }: Report,
  signal: AbortSignal,
): Promise<Prepared> {
  const settings = await loadSettings({ environment });
  if (settings.syslog) alsoToSyslog();
  const compressor = chosenCompressor(request, settings);
  const { workers, ...shares } = memoryBudget({
    memory: settings.memory,
    workers: settings.workers || availableParallelism(),
    chunkSize: chunkSizeOf(request, settings),
    compressed: compressor.suffix !== "",
  });
  // The bundle is one file, which its threads run too: see archive-host.ts.
  const threads = { workers, workerFile: new URL(import.meta.url) };
  const { sealer, encryption } = await chosenEncryption(settings, threads, signal);
  const record = await readBackupRecord(request.host, request.number);
  const { uploadLimit, speedFile } = settings;
  const rate = await watchUploadRate({ uploadLimit, speedFile, say });
  const meter = new Meter(record?.size);
  const location = storeLocation(settings, () => loadSettings({ environment }));
  const limited = withUploadLimit(meteredStore(createS3Store(location), meter), rate.current);
  const store = withContentMd5(withRetry(limited), location);
  const read = (): Reading => meter.read();
  const stopProgress = startProgress(output, read);
  const folder = request.workingDirectory;
  const parts: ArchiveParts = {
    settings: attemptSettings(request, settings, { record, compressor, encryption }),
    record,
    catalog: openCatalog(store, { prefix: settings.prefix }),
    stages: {
      compressor,
      sealer,
      // Chunks alone: what lists, shows and restores read must be readable at once.
      store: withStorageClass(store, settings.storageClass),
      workers,
      pool: new BlockPool(shares),
      connections: settings.connections,
      chunkSize: chunkSizeOf(request, settings),
      onStored: ({ entry }) => meter.stored(entry.tarLength, entry.storedLength),
    },
    say,
    onLine: output.print,
    startStatus: (id, started) => startStatusFile({ folder, id, started, read, say, signal }),
  };
  return {
    parts,
    sourceErrors: settings.sourceErrors,
    close: async () => {
      rate.stop();
      stopProgress();
      await sealer.close();
    },
  };
}

/** All that an interrupted archive must have in common with the run that resumes it. */
function attemptSettings(
  request: ArchiveRequest,
  settings: Settings,
  {
    record,
    compressor: { name, suffix },
    encryption,
  }: {
    readonly record: BackupRecord | undefined;
    readonly compressor: Compressor;
    readonly encryption: Encryption | null;
  },
): AttemptSettings {
  const { host, number, share } = request;
  const { bucket, endpoint = null, prefix } = settings;
  return {
    tool: TOOL,
    host,
    number,
    share,
    bucket,
    endpoint,
    prefix,
    backup: record ? { type: record.type, started: record.started.toISOString() } : null,
    chunkSize: chunkSizeOf(request, settings),
    compression: { name, suffix },
    encryption,
  };
}

function chunkSizeOf({ chunkSize }: ArchiveRequest, settings: Settings): number {
  return chunkSize ?? settings.chunkSize;
}

function chosenCompressor(request: ArchiveRequest, { compression }: Settings): Compressor {
  if (compression !== "auto") return compressorFor(compression);
  return compressorFor(request.compressionPath, request.compressionSuffix);
}
