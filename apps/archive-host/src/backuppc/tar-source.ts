import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { TarSource } from "@backuppc-archive-s3/archiver";
import { encodeHost } from "@backuppc-archive-s3/backup-catalog";
import type { ArchiveRequest } from "../arguments.ts";
import type { BackupRecord } from "./parse-backups.ts";
import { checkCompleteness } from "./completeness.ts";
import { startTarCreate, type TarCreate } from "./tar-create.ts";

export interface TarSourceOptions {
  /** BackupPC's own record of the backup, where it can be read. */
  readonly record: BackupRecord | undefined;
  /** Called with each line of BackupPC_tarCreate. */
  readonly onLine: (line: string) => void;
  /** Called with what may be missing, one line. */
  readonly onWarning: (line: string) => void;
}

/** The backup as BackupPC_tarCreate gives it: it counts only if the program ended well and the tar is whole. */
export function tarSource(
  { tarCreatePath: path, host, number, share, workingDirectory }: ArchiveRequest,
  { record, onLine, onWarning }: TarSourceOptions,
): TarSource {
  let tarCreate: TarCreate | undefined;
  return {
    async open(signal) {
      const pipe = join(workingDirectory, `${encodeHost(host)}.pipe`);
      // One that was killed while it had a name for it.
      await rm(pipe, { force: true });
      tarCreate = await startTarCreate({ path, host, number, share, pipe, onLine, signal });
      return tarCreate.tar;
    },

    async finish(count) {
      const { errors = 0 } = (await tarCreate?.finished()) ?? {};
      // The record counts all shares.
      const warning = checkCompleteness(count, share === "*" ? record : undefined);
      if (warning !== undefined) onWarning(warning);
      return { errors };
    },
  };
}
