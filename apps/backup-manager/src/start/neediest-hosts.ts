import type { ArchiveSummary } from "@backuppc-archive-s3/backup-catalog";
import { archivesOfHosts, isComplete, timeOf } from "../list/archives-of-hosts.ts";

/**
 * The hosts with fewer than `keep` + 1 complete archives, neediest first: those
 * without any, then those with the fewest, then those whose newest is the oldest. The
 * first failure ends BackupPC's request, so the order decides who gets one at all.
 *
 * @param hosts those that could be archived
 */
export function neediestHosts(
  archives: readonly ArchiveSummary[],
  hosts: readonly string[],
  keep: number,
): string[] {
  const complete = archivesOfHosts(archives.filter(isComplete));
  return hosts
    .map((host) => {
      const ofHost = complete.get(host) ?? [];
      const newest = ofHost.at(-1);
      return { host, count: ofHost.length, newest: newest === undefined ? 0 : timeOf(newest) };
    })
    .filter(({ count }) => count < keep + 1)
    .toSorted((a, b) => a.count - b.count || a.newest - b.newest || (a.host < b.host ? -1 : 1))
    .map(({ host }) => host);
}
