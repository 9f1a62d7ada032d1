import { setTimeout as sleep } from "node:timers/promises";
import { writeMetrics } from "@backuppc-archive-s3/alarms";
import type { Head } from "@backuppc-archive-s3/backup-catalog";
import { hostMetrics } from "./host-metrics.ts";
import type { Followed } from "./report.ts";

/** How a run ended. */
export interface Ended {
  /** The exit status. */
  readonly status: number;
  /** The line that BackupPC shows. */
  readonly line: string;
  /** Of the archive that was made, if one was. */
  readonly head?: Head;
}

/** Milliseconds for all of it where BackupPC is about to kill this process. */
const HURRY = 150;

/**
 * Sends the alarms of a run that has ended, and writes its metrics.
 *
 * @param cancelled there is no time
 * @returns a line for each that failed; never throws
 */
export async function sendAlarms(
  { host, metricsFile, alarms, tail }: Followed,
  { status, line, head }: Ended,
  cancelled: boolean,
): Promise<readonly string[]> {
  const end = { status, message: line, tail: `${tail()}${line}\n` };
  const sending = Promise.all([
    alarms.end(cancelled ? { ...end, hurryMs: HURRY } : end),
    writeMetrics(metricsFile, (there) =>
      hostMetrics(there, { host, status, head }, Date.now() / 1000),
    ),
  ]);
  const late = cancelled ? [sleep(HURRY, [])] : [];
  return (await Promise.race([sending, ...late])).flat().filter((note) => note !== undefined);
}
