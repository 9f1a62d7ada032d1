import { basename } from "node:path";
import type { ArchivedTar } from "@backuppc-archive-s3/archiver";
import { formatBytes } from "@backuppc-archive-s3/settings";

/**
 * What BackupPC shows of an archive:
 * `archived gandalf 7: 5,120 chunks, 84 new, 12.9 GB of tar, 212 MB uploaded (igzip)`.
 */
export function closingLine({ head, compressedBy }: ArchivedTar): string {
  const { host, number, chunks, newChunks, tarBytes, newBytes, sourceErrors } = head;
  const parts = [
    countOf(chunks, "chunk"),
    `${grouped(newChunks)} new`,
    `${formatBytes(tarBytes)} of tar`,
    `${formatBytes(newBytes)} uploaded`,
  ];
  const by =
    compressedBy === "none"
      ? ""
      : ` (${compressedBy.startsWith("/") ? basename(compressedBy) : compressedBy})`;
  const what = `${host} ${number}: ${parts.join(", ")}${by}`;
  if (sourceErrors === 0) return `archived ${what}`;
  return `archived as partial ${what}; BackupPC_tarCreate counted ${countOf(sourceErrors, "error")}`;
}

/** `1 chunk`, `5,120 chunks`. */
export function countOf(count: number, noun: string): string {
  return `${grouped(count)} ${noun}${count === 1 ? "" : "s"}`;
}

function grouped(count: number): string {
  return count.toLocaleString("en-US");
}
