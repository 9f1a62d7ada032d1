import type { ArchiveSummary } from "@backuppc-archive-s3/backup-catalog";
import { archivesOfHosts, isComplete, timeOf } from "./archives-of-hosts.ts";

/** The hosts whose newest complete archive is older than so many days, or that have none. */
export function overdueHosts(
  archives: readonly ArchiveSummary[],
  days: number,
  now: Date,
): string[] {
  const oldest = now.getTime() - days * A_DAY;
  return [...archivesOfHosts(archives)]
    .filter(
      ([, ofHost]) => !ofHost.some((archive) => isComplete(archive) && timeOf(archive) >= oldest),
    )
    .map(([host]) => host);
}

/** Milliseconds. */
const A_DAY = 86_400_000;
