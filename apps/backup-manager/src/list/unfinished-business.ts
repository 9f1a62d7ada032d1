import type { ArchiveSummary } from "@backuppc-archive-s3/backup-catalog";
import { archivesOfHosts, timeOf } from "./archives-of-hosts.ts";

/**
 * What someone should look at: the archives of each host that were tried since
 * its newest complete one and did not become complete. One that was started
 * within a day may still be written.
 */
export function unfinishedBusiness(
  archives: readonly ArchiveSummary[],
  now: Date,
): ArchiveSummary[] {
  return [...archivesOfHosts(archives).values()].flatMap((ofHost) => {
    const newestComplete = ofHost.findLastIndex(({ status }) => status === "complete");
    return ofHost
      .slice(newestComplete + 1)
      .filter((archive) => archive.status === "partial" || timeOf(archive) < now.getTime() - A_DAY);
  });
}

/** Milliseconds. */
const A_DAY = 86_400_000;
