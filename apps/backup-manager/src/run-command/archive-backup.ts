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
  /** Asked after each wait for another archive: that may have been this very one, of another run. */
  readonly isWanted: () => Promise<boolean>;
  /** Milliseconds between two looks, 5,000 unless given. */
  readonly interval?: number;
  /** Milliseconds to wait for another archive to end, 12 hours unless given. */
  readonly patience?: number;
}

const INTERVAL = 5000;
const PATIENCE = 43_200_000;
/** Looks after which the server is asked, too: perl takes a moment to start. */
const LOOKS = 12;
/** So many times as long between two requests while another archive runs. */
const UNHURRIED = 6;

/**
 * Has BackupPC archive a backup, and waits for the end. BackupPC itself limits how long that takes (`$Conf{ClientTimeout}`).
 *
 * @returns undefined if it was no longer wanted when its turn came
 * @throws {ManagerError} code `backuppc-failed` if BackupPC does not take the request, or forgets it
 */
export async function archiveBackup(
  request: BackupRequest,
  { topFolder, onWait, isWanted, interval = INTERVAL, patience = PATIENCE }: ArchivingOptions,
): Promise<ArchiveResult | undefined> {
  const taken = await untilTaken(request, { onWait, isWanted, interval, patience });
  if (taken === undefined) return undefined;
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
  { onWait, isWanted, interval, patience }: Required<Omit<ArchivingOptions, "topFolder">>,
): Promise<TakenRequest | undefined> {
  for (const end = performance.now() + patience; performance.now() < end;) {
    const taken = await requestBackup(request);
    if (taken !== undefined) return taken;
    await onWait("busy");
    await sleep(interval * UNHURRIED);
    if (!(await isWanted())) return undefined;
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
