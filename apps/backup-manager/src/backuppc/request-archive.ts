import { mkdir, readdir, rm } from "node:fs/promises";
import { userInfo } from "node:os";
import { join } from "node:path";
import { ManagerError } from "../manager-error.ts";
import { runProgram } from "../program/run-program.ts";
import { archiveStart } from "./backuppc-folder.ts";

export interface ArchiveRequest {
  /** Where BackupPC is installed. */
  readonly folder: string;
  readonly topFolder: string;
  readonly archiveHost: string;
  /** Archived one after the other; the first that fails ends the request. */
  readonly hosts: readonly string[];
}

/**
 * Asks BackupPC to archive the last backup of each host. BackupPC_archiveStart
 * ends with 0 even where BackupPC refuses: only what it prints shows it.
 *
 * @throws {ManagerError} code `backuppc-failed`
 */
export async function requestArchive(request: ArchiveRequest): Promise<void> {
  const { folder, topFolder, archiveHost, hosts } = request;
  // A new archive host has no folder before its first archive: BackupPC's web page makes it, and its program does not.
  await mkdir(join(topFolder, "pc", archiveHost), { recursive: true });
  const args = [archiveHost, userInfo().username, ...hosts];
  const { stdout, stderr, pid } = await runProgram(archiveStart(folder), args);
  if (stdout.includes("ok: requested archive")) return;
  await removeLeftOver(request, pid);
  const said = `${stdout}\n${stderr}`.trim().split("\n").at(-1) ?? "";
  throw new ManagerError(
    "backuppc-failed",
    `BackupPC does not start the archive: ${said.replace("Sent archive request, reply: ", "")}`,
    said.includes("currently running")
      ? "Try again when that archive is done."
      : "Check that BackupPC runs, and its log.",
  );
}

/** A refused request stays behind as a file that is named for the process. */
async function removeLeftOver(
  { topFolder, archiveHost }: ArchiveRequest,
  pid: number | undefined,
): Promise<void> {
  const folder = join(topFolder, "pc", archiveHost);
  const names = await readdir(folder).catch(() => []);
  for (const name of names)
    if (name.startsWith(`archiveReq.${pid}.`)) await rm(join(folder, name), { force: true });
}
