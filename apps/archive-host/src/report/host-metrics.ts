import type { Metric, Sample } from "@backuppc-archive-s3/alarms";
import type { Head } from "@backuppc-archive-s3/backup-catalog";

export interface HostRun {
  readonly host: string;
  /** archive-host's exit status. */
  readonly status: number;
  /** Of the archive that was made, if one was. */
  readonly head?: Head | undefined;
}

/**
 * The samples after a run of the host. After a run that failed, what was measured of the last archive stays.
 *
 * @param now seconds since 1970
 */
export function hostMetrics(
  there: readonly Sample[],
  { host, status, head }: HostRun,
  now: number,
): Sample[] {
  const fresh: readonly (readonly [Metric, number])[] = [
    ["backuppc_archive_last_run_timestamp_seconds", Math.round(now)],
    ["backuppc_archive_last_run_exit_status", status],
    ...(head === undefined ? [] : measured(head)),
  ];
  const names = new Set(fresh.map(([name]) => name));
  const others = there.filter(({ name, labels }) => labels["host"] !== host || !names.has(name));
  return [...others, ...fresh.map(([name, value]) => ({ name, labels: { host }, value }))];
}

function measured(head: Head): (readonly [Metric, number])[] {
  const [started, finished] = [head.started, head.finished].map((time) => Date.parse(time) / 1000);
  return [
    ["backuppc_archive_tar_bytes", head.tarBytes],
    ["backuppc_archive_new_bytes", head.newBytes],
    ["backuppc_archive_duration_seconds", Math.round((finished ?? 0) - (started ?? 0))],
    ["backuppc_archive_source_errors", head.sourceErrors],
    ...(head.status === "complete"
      ? [["backuppc_archive_last_success_timestamp_seconds", finished ?? 0] as const]
      : []),
  ];
}
