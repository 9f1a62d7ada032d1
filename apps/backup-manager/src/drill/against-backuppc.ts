import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Head } from "@backuppc-archive-s3/backup-catalog";
import { findBackupPc } from "../backuppc/backuppc-folder.ts";
import { readBackupStart } from "../backuppc/read-backup-start.ts";
import { ManagerError } from "../manager-error.ts";
import { ProgramFailure, throughProgram } from "../program/through-program.ts";
import { localTime } from "../text/local-time.ts";
import { printable } from "../text/printable.ts";
import { cannotDrill } from "./cannot-drill.ts";
import type { Expected } from "./expected-members.ts";

export interface AgainstBackupPc {
  readonly head: Head;
  /** That was restored into. */
  readonly restored: string;
  /** What was restored; empty: everything. */
  readonly expected: readonly Expected[];
  /** A private folder. */
  readonly scratch: string;
  /** Where BackupPC may be installed. */
  readonly folders?: readonly string[];
}

/**
 * Compares what was restored, byte by byte, with the tar that BackupPC_tarCreate makes of the same backup today: GNU tar does.
 *
 * @returns how they differ, a line each
 * @throws {ManagerError} as `checkBackupPc`, or code `backuppc-failed`
 */
export async function compareWithBackupPc(asked: AgainstBackupPc): Promise<string[]> {
  const { head, restored, expected, scratch, folders } = asked;
  const folder = await checkBackupPc(head, folders);
  const names = join(scratch, "names");
  await writeFile(
    names,
    Buffer.concat(expected.flatMap(({ member }) => [member.path, Buffer.of(0)])),
  );
  const only = expected.length === 0 ? [] : ["--null", "--files-from", names];
  const tar = ["tar", "--compare", "--numeric-owner", "-f", "-", "-C", restored, ...only];
  let said = "";
  try {
    const command = ["sh", "-c", 'LC_ALL=C exec "$@" 2>&1', "sh", ...tar] as const;
    const compared = throughProgram(tarCreate(head, folder), command);
    for await (const piece of compared) said += Buffer.from(piece).toString("utf8");
  } catch (error) {
    if (!(error instanceof ProgramFailure) || error.message.includes(TAR_CREATE))
      throw tarCreateFailed(error);
    return said === "" ? [`${error.message} (BackupPC)`] : linesOf(said);
  }
  return linesOf(said);
}

const TAR_CREATE = "BackupPC_tarCreate";

/**
 * Numbers come back when a host is made anew.
 *
 * @returns where BackupPC is installed
 * @throws {ManagerError} code `no-such-archive` if BackupPC has another backup of that number, or none; `cannot-drill` if it cannot
 *   be asked here
 */
export async function checkBackupPc(
  { host, number, backup }: Head,
  folders?: readonly string[],
): Promise<string> {
  const { folder, start } = await startOf(host, number, folders).catch((error: unknown) => {
    throw error instanceof ManagerError ? cannotDrill(error.message, error.hint, error) : error;
  });
  const title = `${printable(host)} ${number}`;
  const hint = "Choose another archive, or `drill` without --against-backuppc.";
  if (start === undefined)
    throw new ManagerError("no-such-archive", `BackupPC has no backup ${title} any more`, hint);
  if (backup === undefined || start.getTime() === Date.parse(backup.started)) return folder;
  const message = `BackupPC's backup ${title} is another one, of ${localTime(start)}`;
  throw new ManagerError("no-such-archive", message, hint);
}

async function startOf(
  host: string,
  number: number,
  folders: readonly string[] | undefined,
): Promise<{ readonly folder: string; readonly start: Date | undefined }> {
  const folder = await findBackupPc(folders);
  return { folder, start: await readBackupStart(folder, host, number) };
}

async function* tarCreate({ host, number }: Head, folder: string): AsyncGenerator<Uint8Array> {
  const program = join(folder, "bin", TAR_CREATE);
  const args = ["-t", "-h", host, "-n", String(number), "-s", "*", "."];
  yield* throughProgram(nothing(), [program, ...args]);
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

function tarCreateFailed(error: unknown): unknown {
  if (!(error instanceof ProgramFailure)) return error;
  const hint = "Run this on the BackupPC server, as its user.";
  return new ManagerError("backuppc-failed", error.message, hint, error);
}

/** What tar ends with, after each difference. */
const SUMMARY = /^tar: Exiting with failure status/;

/** Owners are root's to restore. */
function linesOf(said: string): string[] {
  const lines = said.split("\n").filter((line) => line !== "" && !SUMMARY.test(line));
  const isRoot = process.getuid?.() === 0;
  return lines
    .filter((line) => isRoot || !/: (Uid|Gid) differs$/.test(line))
    .map((line) => `${printable(line)} (BackupPC)`);
}
