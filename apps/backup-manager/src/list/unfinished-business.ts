import type { ArchiveSummary } from "@backuppc-archive-s3/backup-catalog";
import { archivesOfHosts, isComplete, timeOf } from "./archives-of-hosts.ts";

/**
 * What someone should look at: the failed attempts of each host since its newest complete archive. One that
 * is less than a day old may still be in progress.
 */
export function unfinishedBusiness(
  archives: readonly ArchiveSummary[],
  now: Date,
): ArchiveSummary[] {
  return [...archivesOfHosts(archives).values()].flatMap((ofHost) => {
    const newestComplete = ofHost.findLastIndex(isComplete);
    return ofHost
      .slice(newestComplete + 1)
      .filter(
        (archive) =>
          archive.status === "partial" ||
          archive.ambiguous ||
          timeOf(archive) < now.getTime() - A_DAY,
      );
  });
}

/** Milliseconds. */
const A_DAY = 86_400_000;
