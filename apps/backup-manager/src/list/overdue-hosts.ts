import type { ArchiveSummary } from "@backuppc-archive-s3/backup-catalog";
import { archivesOfHosts, isComplete, isOfFuture, timeOf } from "./archives-of-hosts.ts";

/**
 * The hosts whose newest complete archive is older than so many days, or that have none. One that is dated in the future
 * proves nothing of the last days.
 */
export function overdueHosts(
  archives: readonly ArchiveSummary[],
  days: number,
  now: Date,
): string[] {
  const oldest = now.getTime() - days * A_DAY;
  const isRecent = (archive: ArchiveSummary): boolean =>
    timeOf(archive) >= oldest && !isOfFuture(new Date(timeOf(archive)), now);
  return [...archivesOfHosts(archives)]
    .filter(([, ofHost]) => !ofHost.some((archive) => isComplete(archive) && isRecent(archive)))
    .map(([host]) => host);
}

/** Milliseconds. */
const A_DAY = 86_400_000;
