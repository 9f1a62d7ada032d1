import type { Metric, Sample } from "@backuppc-archive-s3/alarms";
import type { ArchiveSummary } from "@backuppc-archive-s3/backup-catalog";
import { archivesOfHosts, isComplete, timeOf } from "../list/archives-of-hosts.ts";

export interface StoreFacts {
  /** All archives. */
  readonly archives: readonly ArchiveSummary[];
  readonly overdue: readonly string[];
  /** When each host's last successful drill was. */
  readonly drills: ReadonlyMap<string, Date>;
}

const OURS: ReadonlySet<Metric> = new Set([
  "backuppc_archive_last_success_timestamp_seconds",
  "backuppc_archive_age_seconds",
  "backuppc_archive_overdue",
  "backuppc_archive_drill_age_seconds",
]);

/** The samples after a look at the store. What archive-host wrote of a host stays as long as the host is known. */
export function storeMetrics(
  there: readonly Sample[],
  { archives, overdue, drills }: StoreFacts,
  now: Date,
): Sample[] {
  const ofHosts = archivesOfHosts(archives);
  const hosts = [...new Set([...ofHosts.keys(), ...overdue])].toSorted();
  const fresh = hosts.flatMap((host) => {
    const last = ofHosts.get(host)?.findLast(isComplete);
    const drill = drills.get(host);
    const values: readonly (readonly [Metric, number])[] = [
      ["backuppc_archive_overdue", overdue.includes(host) ? 1 : 0],
      ...(last === undefined
        ? []
        : ([
            ["backuppc_archive_last_success_timestamp_seconds", seconds(timeOf(last))],
            ["backuppc_archive_age_seconds", seconds(now.getTime() - timeOf(last))],
          ] as const)),
      ...(drill === undefined
        ? []
        : ([
            ["backuppc_archive_drill_age_seconds", seconds(now.getTime() - drill.getTime())],
          ] as const)),
    ];
    return values.map(([name, value]) => ({ name, labels: { host }, value }));
  });
  const isKept = ({ name, labels: { host } }: Sample): boolean =>
    host === undefined || (hosts.includes(host) && !OURS.has(name));
  return [...there.filter(isKept), ...fresh];
}

/** Of milliseconds. */
function seconds(milliseconds: number): number {
  return Math.max(0, Math.round(milliseconds / 1000));
}
