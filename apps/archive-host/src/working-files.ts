import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { encodeHost } from "@backuppc-archive-s3/backup-catalog";
import { ArchiveError } from "./archive-error.ts";
import type { ArchiveRequest } from "./arguments.ts";

/** What an archive keeps in the working directory, `$Conf{ArchiveDest}`; no two backups share any of it. */
export interface WorkingFiles {
  readonly lock: string;
  readonly journal: string;
  /** A folder for sealed chunks that wait, and nothing else. */
  readonly spool: string;
}

/** @throws {ArchiveError} code `spool-failed` if the working directory can't be used */
export async function workingFiles({
  workingDirectory,
  host,
  number,
}: ArchiveRequest): Promise<WorkingFiles> {
  await mkdir(workingDirectory, { recursive: true, mode: 0o700 }).catch(unusable);
  const file = join(workingDirectory, `${encodeHost(host)}.${number}`);
  return { lock: `${file}.lock`, journal: `${file}.journal`, spool: `${file}.spool` };
}

/** An empty spool: what a killed run has left there can't be resumed from, and is made anew. */
export async function emptySpool(spool: string): Promise<void> {
  await rm(spool, { recursive: true, force: true }).catch(unusable);
  await mkdir(spool, { mode: 0o700 }).catch(unusable);
}

/** For whatever the working directory refuses. @throws {ArchiveError} code `spool-failed` */
export function unusable(cause: unknown): never {
  throw new ArchiveError(
    "spool-failed",
    `The working directory can't be used: ${cause instanceof Error ? cause.message : String(cause)}.`,
    "$Conf{ArchiveDest} must be a folder that the backuppc user can write to, with room in it.",
    cause,
  );
}
