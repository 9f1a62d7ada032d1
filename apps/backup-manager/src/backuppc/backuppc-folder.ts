import { constants } from "node:fs";
import { access } from "node:fs/promises";
import { join } from "node:path";
import { ManagerError } from "../manager-error.ts";

/** Where BackupPC is installed: Debian's place, Fedora's, then the one of its own installer. */
export const BACKUPPC_FOLDERS: readonly string[] = [
  "/usr/share/backuppc",
  "/usr/share/BackupPC",
  "/usr/local/BackupPC",
];

/** The first of the folders that holds BackupPC. @throws {ManagerError} code `backuppc-failed` */
export async function findBackupPc(folders: readonly string[] = BACKUPPC_FOLDERS): Promise<string> {
  for (const folder of folders) {
    const there = await access(archiveStart(folder), constants.X_OK).then(
      () => true,
      () => false,
    );
    if (there) return folder;
  }
  const message = `there is no BackupPC in ${folders.join(", ")}`;
  throw new ManagerError("backuppc-failed", message, "Run this on the BackupPC server.");
}

/** The program that asks BackupPC for an archive. */
export function archiveStart(folder: string): string {
  return join(folder, "bin", "BackupPC_archiveStart");
}
