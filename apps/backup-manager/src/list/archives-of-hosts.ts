import type { ArchiveSummary } from "@backuppc-archive-s3/backup-catalog";

/** The archives of each host, oldest first. */
export function archivesOfHosts(
  archives: readonly ArchiveSummary[],
): ReadonlyMap<string, readonly ArchiveSummary[]> {
  const hosts = new Map<string, ArchiveSummary[]>();
  for (const archive of archives) {
    const others = hosts.get(archive.id.host);
    if (others === undefined) hosts.set(archive.id.host, [archive]);
    else others.push(archive);
  }
  for (const ofHost of hosts.values()) ofHost.sort((a, b) => timeOf(a) - timeOf(b));
  return hosts;
}

/** As far as its keys say, which proves nothing. */
export function isComplete({ status, ambiguous }: ArchiveSummary): boolean {
  return status === "complete" && !ambiguous;
}

/** Dated more than a day after now: the store's clock was wrong, then or now. */
export function isOfFuture(time: Date, now: Date): boolean {
  return time.getTime() > now.getTime() + A_DAY;
}

/** Milliseconds. */
const A_DAY = 86_400_000;

/** When it was finished, or started if it was not, in milliseconds. Numbers can come back, times don't. */
export function timeOf({ finished, started }: ArchiveSummary): number {
  return (finished ?? started).getTime();
}
