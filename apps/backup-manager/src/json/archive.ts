import type { ArchiveSummary } from "@backuppc-archive-s3/backup-catalog";
import * as z from "zod";
import { isLegacy } from "../legacy/legacy-bucket-site.ts";

/** Which archive it is. */
export const archiveIdFields = {
  host: z.string().describe("as BackupPC calls it"),
  number: z.int().describe("BackupPC's backup number"),
  attempt: z.string().describe("attempt id: the start in UTC and a random tail"),
};

/** `complete`, `partial` or `incomplete`. */
export const statusSchema = z.enum(["complete", "partial", "incomplete"]);

/** An archive as its keys describe it. */
export const archiveSchema = z.strictObject({
  ...archiveIdFields,
  status: statusSchema,
  started: z.iso.datetime(),
  finished: z.iso.datetime().nullable().describe("null while incomplete"),
  chunks: z.int().nullable().describe("null while incomplete"),
  storedBytes: z
    .int()
    .nullable()
    .describe("of its chunks, those of earlier archives included; null while incomplete"),
  newChunks: z.int().nullable().describe("chunks that this archive uploaded; null if not known"),
  newBytes: z.int().nullable().describe("what they hold; null if not known"),
  ambiguous: z.boolean().describe("true: it has two markers, so that its status means nothing"),
  legacy: z.boolean().describe("true: of the Python program, which signed nothing"),
});

export type ArchiveJson = z.input<typeof archiveSchema>;

export function archiveJson(archive: ArchiveSummary): ArchiveJson {
  const { id, status, started, finished, chunks, storedBytes, newChunks, newBytes } = archive;
  return {
    host: id.host,
    number: id.number,
    attempt: id.attempt,
    status,
    started: started.toISOString(),
    finished: finished?.toISOString() ?? null,
    chunks: chunks ?? null,
    storedBytes: storedBytes ?? null,
    newChunks: newChunks ?? null,
    newBytes: newBytes ?? null,
    ambiguous: archive.ambiguous,
    legacy: isLegacy(id),
  };
}
