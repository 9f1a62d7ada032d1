import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type ArchiveResult, findResult } from "../backuppc/find-result.ts";
import { isQueued } from "../backuppc/is-queued.ts";
import {
  type BackupRequest,
  requestBackup,
  type TakenRequest,
} from "../backuppc/request-backup.ts";
import { ManagerError } from "../manager-error.ts";

export interface ArchivingOptions {
  readonly topFolder: string;
  /** Called each time BackupPC was looked at. */
  readonly onWait: (state: "busy" | "running") => Promise<void>;
  /** Milliseconds between two looks, 5,000 unless given. */
  readonly interval?: number;
  /** Milliseconds to wait for another archive to end, 12 hours unless given. */
  readonly patience?: number;
}

const INTERVAL = 5000;
const PATIENCE = 43_200_000;
/** Looks after which the server is asked, too: perl takes a moment to start. */
const LOOKS = 12;

/**
 * Has BackupPC archive a backup, and waits for the end. BackupPC itself limits how long that takes (`$Conf{ClientTimeout}`).
 *
 * @throws {ManagerError} code `backuppc-failed` if BackupPC does not take the request, or forgets it
 */
export async function archiveBackup(
  request: BackupRequest,
  { topFolder, onWait, interval = INTERVAL, patience = PATIENCE }: ArchivingOptions,
): Promise<ArchiveResult> {
  const taken = await untilTaken(request, { onWait, interval, patience });
  const folder = join(topFolder, "pc", request.archiveHost);
  let unknown = 0;
  for (let look = 1; ; look++) {
    const result = await findResult(folder, taken);
    if (result !== undefined) return result;
    if (look % LOOKS === 0) unknown = (await isQueued(request.folder, taken)) ? 0 : unknown + 1;
    // Twice: between its end and its record it is in no queue.
    if (unknown > 1) throw forgotten();
    await onWait("running");
    await sleep(interval);
  }
}

async function untilTaken(
  request: BackupRequest,
  { onWait, interval, patience }: Required<Omit<ArchivingOptions, "topFolder">>,
): Promise<TakenRequest> {
  for (const end = performance.now() + patience; performance.now() < end; await sleep(interval)) {
    const taken = await requestBackup(request);
    if (taken !== undefined) return taken;
    await onWait("busy");
  }
  const message = `${request.archiveHost} is still busy with another archive after ${Math.round(patience / 3_600_000)} h`;
  throw new ManagerError(
    "backuppc-failed",
    message,
    "Look at its page in BackupPC, and cancel it there.",
  );
}

function forgotten(): ManagerError {
  const hint = "It was probably restarted. The next run asks again.";
  return new ManagerError("backuppc-failed", "BackupPC no longer knows of the request", hint);
}
