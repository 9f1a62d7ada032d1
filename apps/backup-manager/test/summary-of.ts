import type { ArchiveStatus, ArchiveSummary } from "@backuppc-archive-s3/backup-catalog";

/** An archive of gandalf unless another host is given, of so many days before {@link NOW}. */
export function summaryOf(
  daysAgo: number,
  status: ArchiveStatus = "complete",
  host = "gandalf",
): ArchiveSummary {
  const started = new Date(NOW.getTime() - daysAgo * 86_400_000);
  const id = { host, number: 100 - daysAgo, attempt: "20261122T000000Z-000000" };
  const shared = { id, status, started, ambiguous: false, deleted: false };
  const counts = { chunks: 2, storedBytes: 2, newChunks: 1, newBytes: 1 };
  return status === "incomplete" ? shared : { ...shared, finished: started, ...counts };
}

export const NOW: Date = new Date("2026-11-22T12:00:00Z");
