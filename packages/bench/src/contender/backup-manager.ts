import { fileURLToPath } from "node:url";
import type { Command } from "../measure/measured-run.ts";

const BACKUP_MANAGER = fileURLToPath(
  new URL("../../../../apps/backup-manager/dist/backup-manager.mjs", import.meta.url),
);

/** The bundle that users install, with a configuration. */
export function backupManager(configuration: string, args: readonly string[]): Command {
  return {
    program: process.execPath,
    args: [BACKUP_MANAGER, ...args],
    env: { PATH: "/usr/bin:/bin", BACKUPPC_ARCHIVE_S3_CONFIG: configuration },
  };
}
