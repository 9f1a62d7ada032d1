import type { ProgramResult } from "../program/run-program.ts";
import { archive, configureArchive } from "./archive/archive.ts";
import type { ArchiveOptions, ArchiveResult } from "./archive/archive-options.ts";
import { asUser } from "./as-user.ts";
import type { BackupPcDetails } from "./backuppc-details.ts";
import { readBackups, type BackupRecord } from "./read-backups.ts";
import { extractBackup, tarCreate, type Command } from "./tar-create.ts";

/** What tests do with a running BackupPC. */
export interface BackupPcDriver {
  readonly details: BackupPcDetails;
  /** See {@link archive}. */
  archive(options: ArchiveOptions): Promise<ArchiveResult>;
  /** See {@link configureArchive}. */
  configureArchive(options: ArchiveOptions): Promise<void>;
  /** See {@link asUser}. */
  asUser(
    program: string,
    args?: readonly string[],
    extra?: Readonly<Record<string, string>>,
  ): Promise<ProgramResult>;
  /** See {@link readBackups}. */
  backups(host: string): Promise<BackupRecord[]>;
  /** See {@link tarCreate}. */
  tarCreate(host: string, number: number): Command;
  /** See {@link extractBackup}. */
  extractBackup(host: string, number: number, folder: string): Promise<string>;
}

/** Drives a BackupPC that runs already, such as the one that `inject("backuppc")` gives. */
export function driveBackupPc(details: BackupPcDetails): BackupPcDriver {
  return {
    details,
    archive: async (options) => await archive(details, options),
    configureArchive: async (options) => await configureArchive(details, options),
    asUser: async (program, args, extra) => await asUser(details, program, args, extra),
    backups: async (host) => await readBackups(details, host),
    tarCreate: (host, number) => tarCreate(details, host, number),
    extractBackup: async (host, number, folder) =>
      await extractBackup(details, host, number, folder),
  };
}
