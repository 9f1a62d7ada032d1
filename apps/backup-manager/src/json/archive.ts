import type { ArchiveSummary } from "@backuppc-archive-s3/backup-catalog";
import * as z from "zod";

/** Which archive it is. */
export const archiveIdFields = {
  host: z.string().describe("as BackupPC calls it"),
  number: z.int().describe("BackupPC's backup number"),
  attempt: z.string().describe("attempt id: the start in UTC and a random tail"),
};

/** An archive as its keys tell of it. */
export const archiveSchema = z.strictObject({
  ...archiveIdFields,
  status: z.enum(["complete", "partial", "unfinalized"]),
  started: z.iso.datetime(),
  finished: z.iso.datetime().nullable().describe("null while unfinalized"),
  chunks: z.int().nullable().describe("null while unfinalized"),
  storedBytes: z.int().nullable().describe("null while unfinalized"),
});

export type ArchiveJson = z.input<typeof archiveSchema>;

export function archiveJson(archive: ArchiveSummary): ArchiveJson {
  const { id, status, started, finished, chunks, storedBytes } = archive;
  return {
    host: id.host,
    number: id.number,
    attempt: id.attempt,
    status,
    started: started.toISOString(),
    finished: finished?.toISOString() ?? null,
    chunks: chunks ?? null,
    storedBytes: storedBytes ?? null,
  };
}
