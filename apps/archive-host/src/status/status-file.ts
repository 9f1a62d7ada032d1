import { processStart, removeRunStatus, writeRunStatus } from "@backuppc-archive-s3/archiver";
import { type ArchiveId, FORMAT } from "@backuppc-archive-s3/backup-catalog";
import type { Reading } from "../report/meter.ts";

/** Milliseconds between two writes. */
const INTERVAL = 2000;

export interface StatusFileOptions {
  /** `$Conf{ArchiveDest}`. */
  readonly folder: string;
  readonly id: ArchiveId;
  readonly started: Date;
  readonly read: () => Reading;
  readonly say: (line: string) => void;
  /** Ends it too: after a cancel there may be no time for anything else. */
  readonly signal: AbortSignal;
  /** Milliseconds between two writes, 2000 unless given. */
  readonly interval?: number;
}

/**
 * Writes every few seconds how far the archive has come, since BackupPC shows
 * its log only when the job is over. The archive goes on without it: that it
 * can't be written is said once.
 *
 * @returns ends it and takes the file away
 */
export function startStatusFile(options: StatusFileOptions): () => Promise<void> {
  const { folder, id, say, signal, interval = INTERVAL } = options;
  let failed = false;
  let written = false;
  const writeAgain = async (earlier: Promise<void>): Promise<void> => {
    await earlier;
    try {
      await write(options);
      written = true;
    } catch (error) {
      if (!failed) say(`the status file can't be written: ${String(error)}`);
      failed = true;
    }
  };
  let writing = Promise.resolve();
  const timer = setInterval(() => {
    writing = writeAgain(writing);
  }, interval);
  const end = async (): Promise<void> => {
    clearInterval(timer);
    await writing;
    if (written) await removeRunStatus(folder, id).catch(() => {});
  };
  signal.addEventListener("abort", end, { once: true });
  return end;
}

async function write({ folder, id, started, read }: StatusFileOptions): Promise<void> {
  const { bytesPerSecond, percent, secondsLeft, newChunks: _, ...counted } = read();
  await writeRunStatus(folder, {
    ...id,
    ...counted,
    format: FORMAT,
    process: { id: process.pid, start: (await processStart(process.pid)) ?? "" },
    started: started.toISOString(),
    updated: new Date().toISOString(),
    bytesPerSecond: Math.round(bytesPerSecond),
    percent: percent ?? null,
    secondsLeft: secondsLeft === undefined ? null : Math.round(secondsLeft),
  });
}
