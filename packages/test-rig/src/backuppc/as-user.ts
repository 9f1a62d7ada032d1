import { ensureProgram } from "../program/ensure-program.ts";
import { runProgram, type ProgramResult, type RunOptions } from "../program/run-program.ts";
import type { BackupPcDetails } from "./backuppc-details.ts";

/**
 * Runs a program as BackupPC's daemon runs its children: as its user, without
 * further groups, in `/`, with its bare environment and whatever `extra` adds.
 */
export async function asUser(
  details: BackupPcDetails,
  program: string,
  args: readonly string[] = [],
  extra: Readonly<Record<string, string>> = {},
): Promise<ProgramResult> {
  return await runProgram(program, args, userOptions(details, extra));
}

/** The same for a program that must succeed; gives what it printed. @throws {RigError} `program-failed` */
export async function ensureAsUser(
  details: BackupPcDetails,
  program: string,
  args: readonly string[] = [],
): Promise<string> {
  return await ensureProgram(program, args, userOptions(details));
}

/** For a spawn as user backuppc. */
export function userOptions(
  { user, uid, gid, topFolder }: BackupPcDetails,
  extra: Readonly<Record<string, string>> = {},
): RunOptions {
  const bare = { HOME: topFolder, LOGNAME: user, USER: user, SHELL: "/bin/sh" };
  const env = { ...bare, PATH: "/bin:/usr/bin", LANG: "C.UTF-8", ...extra };
  return { uid, gid, cwd: "/", env };
}
