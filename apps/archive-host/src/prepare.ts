import { availableParallelism } from "node:os";
import {
  type ArchiveOptions,
  chooseCompressor,
  type ChunkLocks,
  type Compressor,
} from "@backuppc-archive-s3/archiver";
import { mayDecompress, openArchiveWriter } from "@backuppc-archive-s3/backup-catalog";
import {
  createS3,
  type RetryOptions,
  type S3,
  withContentMd5,
  withLockPrefix,
  withLockRetry,
  withPrefix,
  withRetry,
  withStorageClass,
  withUploadLimit,
} from "@backuppc-archive-s3/s3-transport";
import {
  decompressorsOf,
  loadSettings,
  retriesOf,
  type Settings,
  storeLocation,
  storeProxy,
} from "@backuppc-archive-s3/settings";
import { ArchiveError } from "./archive-error.ts";
import type { ArchiveRequest } from "./arguments.ts";
import { readBackupRecord } from "./backuppc/backup-record.ts";
import { tarSource } from "./backuppc/tar-source.ts";
import { watchUploadRate } from "./bandwidth/upload-rate.ts";
import { chosenEncryption } from "./chosen-encryption.ts";
import { THREAD_FILE } from "./encryption-thread.ts";
import { memoryBudget } from "./memory-budget.ts";
import { Meter, type Reading } from "./report/meter.ts";
import { meteredStore } from "./report/metered-store.ts";
import { Outage } from "./report/outage.ts";
import { startProgress } from "./report/progress.ts";
import type { Report } from "./report/report.ts";
import { watchedStore } from "./report/watched-store.ts";
import { startStatusFile } from "./status/status-file.ts";
import { TOOL } from "./tool.ts";

/** All that an archive is made with, and the end of it. */
export interface Prepared {
  readonly options: ArchiveOptions;
  readonly sourceErrors: Settings["sourceErrors"];
  readonly close: () => Promise<void>;
}

/** Puts together what the request and the configuration ask for; nothing is stored yet. */
export async function prepare(
  request: ArchiveRequest,
  environment: NodeJS.ProcessEnv,
  { output, say, follow }: Report,
  signal: AbortSignal,
): Promise<Prepared> {
  const settings = await loadSettings({ environment });
  follow(settings, request.host);
  const { workers, chunks } = memoryBudget(
    settings.memory,
    settings.workers || availableParallelism(),
  );
  const compressor = await chosenCompressor(request, settings, workers);
  const threads = { workers, workerFile: THREAD_FILE };
  const encryption = await chosenEncryption(settings, threads, signal);
  const { host, number, workingDirectory: folder } = request;
  const found = await readBackupRecord(request, signal);
  if ("why" in found) say(withoutRecord(request, found.why));
  const record = "record" in found ? found.record : undefined;
  const { uploadLimit, speedFile, bucket, endpoint, prefix } = settings;
  const rate = await watchUploadRate({ uploadLimit, speedFile, say });
  const meter = new Meter(record?.size);
  const location = storeLocation(settings, {
    reload: () => loadSettings({ environment }),
    environment,
  });
  const outage = new Outage({ patience: settings.patience, say });
  const s3 = createS3(location);
  const watched = watchedStore(s3.store, outage);
  const limited = withUploadLimit(meteredStore(watched, meter), rate.current);
  const retries = { ...retriesOf(settings), patienceMs: outage.patience.bind(outage) };
  const store = withPrefix(withContentMd5(withRetry(limited, retries), location), prefix);
  const proxy = storeProxy(settings, environment);
  const by = proxy === undefined ? "" : ` through the proxy ${proxy}`;
  const read = (): Reading => meter.read();
  const stopProgress = startProgress(output, read, () => outage.seconds());
  let stopStatus = async (): Promise<void> => {};
  const options: ArchiveOptions = {
    source: tarSource(request, { record, onLine: output.print, onWarning: say }),
    host,
    number,
    folder,
    // Chunks alone: what lists, shows and restores read must be readable at once.
    store: withStorageClass(store, settings.storageClass),
    writer: openArchiveWriter(store),
    location: { bucket, endpoint, prefix },
    encryption,
    compressor,
    memory: chunks,
    workers,
    connections: settings.connections,
    mean: settings.chunkSize,
    most: request.splitSize,
    // perl writes large numbers with an exponent.
    expectedBytes: record && Math.round(record.size),
    refreshAfterMs: refreshAfterMs(settings),
    locks: locksOf(s3.locks, settings, retries),
    tool: TOOL,
    backup: record && { type: record.type, started: record.started.toISOString() },
    signal,
    onNotice: say,
    onStarted: ({ attempt, started }) => {
      say(`archiving ${host} ${number}, attempt ${attempt}, to ${bucket}${by}`);
      const id = { host, number, attempt };
      stopStatus = startStatusFile({ folder, id, started, read, say, signal });
    },
    onChunk: (chunk) => meter.stored(chunk),
  };
  return {
    options,
    sourceErrors: settings.sourceErrors,
    close: async () => {
      rate.stop();
      stopProgress();
      await stopStatus();
      await compressor[Symbol.asyncDispose]();
    },
  };
}

function withoutRecord({ host, number }: ArchiveRequest, why: string): string {
  return `warning: BackupPC's record of ${host} ${number} can't be read (${why}), so nothing shows whether the tar has all files`;
}

/** 0 days stand for never. */
function refreshAfterMs({ refreshAfter: days }: Settings): number | undefined {
  return days === 0 ? undefined : Math.round(days * 86_400_000);
}

function locksOf(
  locks: S3["locks"],
  { objectLock, prefix }: Settings,
  retries: RetryOptions,
): ChunkLocks | undefined {
  if (objectLock === undefined) return undefined;
  const extender = withLockPrefix(withLockRetry(locks, retries), prefix);
  return { days: objectLock.days, extender };
}

async function chosenCompressor(
  request: ArchiveRequest,
  settings: Settings,
  workers: number,
): Promise<Compressor> {
  const { compression, compressionLevel: level } = settings;
  const { compressionPath, compressionSuffix: suffix } = request;
  const program = compression === "auto" ? compressionPath : compression;
  const own = compression === "auto" ? { program, suffix } : { program };
  const compressor = await chooseCompressor({ ...own, level, workers });
  if (!mayDecompress(compressor, decompressorsOf(settings))) throw notRestorable(program);
  return compressor;
}

function notRestorable(program: string): ArchiveError {
  return new ArchiveError(
    "not-restorable",
    `The archive could not be restored: the configuration allows no decompression by ${program}.`,
    `Add it to the configuration: filters = [${JSON.stringify(program)}].`,
  );
}
