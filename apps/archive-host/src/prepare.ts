import { availableParallelism } from "node:os";
import { newAttemptId, openCatalog } from "@backuppc-archive-s3/backup-catalog";
import { createSealerPool, SealError, type Sealer } from "@backuppc-archive-s3/gpg";
import { createS3Store, withRetry } from "@backuppc-archive-s3/s3-transport";
import {
  loadSettings,
  resolvePassphrase,
  type Settings,
  storeLocation,
} from "@backuppc-archive-s3/settings";
import type { ArchiveParts } from "./archive-backup.ts";
import type { ArchiveRequest } from "./arguments.ts";
import { readBackupRecord } from "./backuppc/backup-record.ts";
import { type Compressor, compressorFor } from "./compress/compression.ts";
import { BlockPool } from "./pipeline/block-pool.ts";
import { blockShares, workersWithin } from "./pipeline/memory-budget.ts";
import { unsealed } from "./pipeline/unsealed.ts";
import { startProgress } from "./report/progress.ts";
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
  say: (line: string) => void,
): Promise<Prepared> {
  const settings = await loadSettings({ environment });
  const { memory } = settings;
  const workers = workersWithin(memory, settings.workers || availableParallelism());
  const sealer = await sealerFor(settings, workers);
  const record = await readBackupRecord(request.host, request.number);
  const store = withRetry(createS3Store(storeLocation(settings)));
  const started = new Date();
  const id = { host: request.host, number: request.number, attempt: newAttemptId(started) };
  say(`archiving ${id.host} ${id.number}, attempt ${id.attempt}, to ${settings.bucket}`);
  const progress = startProgress(say, record?.size);
  const parts: ArchiveParts = {
    id,
    started,
    record,
    tool: TOOL,
    catalog: openCatalog(store, { prefix: settings.prefix }),
    encryption: settings.encryption === "none" ? null : { symmetric: true, recipients: [] },
    stages: {
      compressor: chosenCompressor(request, settings),
      sealer,
      store,
      workers,
      pool: new BlockPool(blockShares(memory, workers)),
      connections: settings.connections,
      chunkSize: request.chunkSize ?? settings.chunkSize,
      onStored: ({ entry }) => progress.stored(entry.tarLength, entry.storedLength),
    },
    onLine: say,
  };
  return {
    parts,
    sourceErrors: settings.sourceErrors,
    close: async () => {
      progress.stop();
      await sealer.close();
    },
  };
}

async function sealerFor(settings: Settings, workers: number): Promise<Sealer> {
  if (settings.encryption === "none") return unsealed;
  if (settings.recipients.length > 0) throw recipientsNotYet();
  const passphrase = await resolvePassphrase(settings);
  // The bundle is one file, which its threads run too: see archive-host.ts.
  const workerFile = new URL(import.meta.url);
  return createSealerPool({ passphrase: passphrase?.reveal() ?? "" }, { workers, workerFile });
}

function chosenCompressor(request: ArchiveRequest, { compression }: Settings): Compressor {
  if (compression !== "auto") return compressorFor(compression);
  return compressorFor(request.compressionPath, request.compressionSuffix);
}

/** Never drop a recipient silently: an archive that its reader can't open is none. */
function recipientsNotYet(): SealError {
  return new SealError(
    "encryption-failed",
    "This version encrypts to a passphrase only, not to `recipients`.",
    "Remove `recipients` from the configuration and set a passphrase.",
  );
}
