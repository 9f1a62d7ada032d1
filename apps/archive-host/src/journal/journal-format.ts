import {
  chunkEntrySchema,
  compressionSchema,
  encryptionSchema,
} from "@backuppc-archive-s3/backup-catalog";
import * as z from "zod";

/** Of the journal's own format; another one is never guessed. */
const JOURNAL_FORMAT = 1;

/** What must be the same for an archive to be resumed. */
const attemptSettingsSchema = z.strictObject({
  tool: z.string(),
  host: z.string(),
  number: z.int(),
  share: z.string(),
  /** Type and start of the backup by BackupPC's record: a number can come back when a host is re-created. */
  backup: z.strictObject({ type: z.string(), started: z.string() }).nullable(),
  bucket: z.string(),
  endpoint: z.string().nullable(),
  prefix: z.string(),
  chunkSize: z.int().positive(),
  compression: compressionSchema,
  encryption: encryptionSchema.nullable(),
});

export type AttemptSettings = z.infer<typeof attemptSettingsSchema>;

/** The journal's first line. */
export const journalHeadSchema = z.strictObject({
  format: z.literal(JOURNAL_FORMAT),
  attempt: z.string(),
  started: z.iso.datetime(),
  settings: attemptSettingsSchema,
});

export type JournalHead = z.infer<typeof journalHeadSchema>;

/** A line for each chunk that is stored. The digest of the plaintext never leaves this machine in clear. */
export const journaledChunkSchema = z.strictObject({
  index: z.int().positive(),
  plainSha256: z.hex().length(64),
  entry: chunkEntrySchema,
});

export type JournaledChunk = z.infer<typeof journaledChunkSchema>;

export function newJournalHead(head: Omit<JournalHead, "format">): JournalHead {
  return { format: JOURNAL_FORMAT, ...head };
}
