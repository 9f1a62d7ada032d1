import type { ArchiveId, Catalog } from "@backuppc-archive-s3/backup-catalog";
import type { BackupRecord } from "./backuppc/backup-record.ts";
import type { AttemptSettings } from "./journal/journal-format.ts";
import type { ChunkStages } from "./pipeline/archive-stream.ts";

/** What an archive is made with. */
export interface ArchiveParts {
  readonly settings: AttemptSettings;
  readonly catalog: Catalog;
  /** BackupPC's own record of the backup, where it can be read. */
  readonly record: BackupRecord | undefined;
  readonly stages: Omit<ChunkStages, "spool" | "chunkKey" | "journal" | "stored">;
  /** Told each line of our own for the log. */
  readonly say: (line: string) => void;
  /** Told each line of BackupPC_tarCreate. */
  readonly onLine: (line: string) => void;
  /** Begins to tell how far it is, once the backup is locked. Gives its end. */
  readonly startStatus: (id: ArchiveId, started: Date) => () => Promise<void>;
}
