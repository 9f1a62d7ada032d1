import { join } from "node:path";
import { ManagerError } from "../manager-error.ts";
import { runProgram } from "../program/run-program.ts";

/**
 * Runs a program in Perl that uses BackupPC's own library: its configuration is Perl, so that only Perl can read it.
 *
 * @param folder where BackupPC is installed
 * @param program prints its answer to `$answer`
 * @param what such as `BackupPC's hosts cannot be read`
 * @returns its answer
 * @throws {ManagerError} code `backuppc-failed`
 */
export async function runPerl(
  folder: string,
  program: string,
  what: string,
  args: readonly string[] = [],
): Promise<string> {
  const words = ["-I", join(folder, "lib"), "-e", ALONE + program, "--", ...args];
  const { status, stdout, stderr } = await runProgram("perl", words).catch((error: unknown) => {
    throw new ManagerError("backuppc-failed", "perl can't be run", "Install perl.", error);
  });
  const said = `${stdout}\n${stderr}`;
  if (said.includes("Wrong user")) throw wrongUser();
  if (status === 0) return stdout;
  const why = said.trim().split("\n").at(-1) ?? "";
  const hint = "Check that BackupPC's configuration can be read.";
  throw new ManagerError("backuppc-failed", `${what}: ${why}`, hint);
}

/** What the configuration prints itself is no part of the answer. */
const ALONE = `
my $answer;
BEGIN { open($answer, ">&", STDOUT); open(STDOUT, ">", "/dev/null") }
`;

function wrongUser(): ManagerError {
  return new ManagerError(
    "backuppc-user",
    "BackupPC answers only its own user",
    "Run this as that user: su -s /bin/sh backuppc -c 'backup-manager …'",
  );
}
