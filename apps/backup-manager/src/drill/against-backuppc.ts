import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Head } from "@backuppc-archive-s3/backup-catalog";
import { findBackupPc } from "../backuppc/backuppc-folder.ts";
import { readBackupStart } from "../backuppc/read-backup-start.ts";
import { ManagerError } from "../manager-error.ts";
import { ProgramFailure, throughProgram } from "../program/through-program.ts";
import { localTime } from "../text/local-time.ts";
import { printable } from "../text/printable.ts";
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
 * @throws {ManagerError} code `backuppc-failed` if BackupPC has another backup of that number, or none
 */
export async function compareWithBackupPc(asked: AgainstBackupPc): Promise<string[]> {
  const { head, restored, expected, scratch, folders } = asked;
  const folder = await findBackupPc(folders);
  await checkBackup(head, folder);
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

/** Numbers come back when a host is made anew. */
async function checkBackup({ host, number, backup }: Head, folder: string): Promise<void> {
  const start = await readBackupStart(folder, host, number);
  const title = `${printable(host)} ${number}`;
  const hint = "Choose another archive, or drill without --against-backuppc.";
  if (start === undefined)
    throw new ManagerError("backuppc-failed", `BackupPC has no backup ${title} any more`, hint);
  if (backup === undefined || start.getTime() === Date.parse(backup.started)) return;
  const message = `BackupPC's backup ${title} is another one, of ${localTime(start)}`;
  throw new ManagerError("backuppc-failed", message, hint);
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
