/** What is measured, by its name in Prometheus, and what that means. All are gauges. */
export const METRICS = {
  backuppc_archive_last_run_timestamp_seconds: "When archive-host last ended for the host.",
  backuppc_archive_last_run_exit_status: "The exit status of archive-host's last run for the host.",
  backuppc_archive_last_success_timestamp_seconds:
    "When the host's newest complete archive was finished.",
  backuppc_archive_age_seconds:
    "How old the host's newest complete archive was when this was written.",
  backuppc_archive_tar_bytes: "Bytes of the tar that archive-host archived last.",
  backuppc_archive_new_bytes: "Bytes that archive-host uploaded for the host's last archive.",
  backuppc_archive_duration_seconds: "How long the host's last archive took.",
  backuppc_archive_source_errors: "Errors that BackupPC had reading the backup archived last.",
  backuppc_archive_overdue: "1 if the host has had no complete archive for too long, otherwise 0.",
  backuppc_archive_drill_age_seconds:
    "How long ago a restore drill of the host last succeeded, when this was written.",
  backuppc_archive_command_last_run_timestamp_seconds:
    "When a command of backup-manager last ended.",
  backuppc_archive_command_last_exit_status: "The exit status of that run.",
} as const;

/** A metric by its name, as Prometheus has it. */
export type Metric = keyof typeof METRICS;

/** A value of one metric. */
export interface Sample {
  readonly name: Metric;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}
