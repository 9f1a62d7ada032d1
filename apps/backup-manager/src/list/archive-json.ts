import type { ArchiveSummary } from "@backuppc-archive-s3/backup-catalog";

/** The archives as programs read them; the README describes it. Times are UTC, sizes bytes. */
export function archiveJson(archives: readonly ArchiveSummary[]): string {
  const listed = archives.map(({ id, status, started, finished, chunks, storedBytes }) => ({
    host: id.host,
    number: id.number,
    attempt: id.attempt,
    status,
    started: started.toISOString(),
    finished: finished?.toISOString() ?? null,
    chunks: chunks ?? null,
    storedBytes: storedBytes ?? null,
  }));
  return `${JSON.stringify({ format: 1, archives: listed }, null, 2)}\n`;
}
