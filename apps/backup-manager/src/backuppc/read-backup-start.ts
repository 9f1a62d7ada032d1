import { runPerl } from "./run-perl.ts";

/**
 * When BackupPC began a backup, by its own library; undefined if it has none of this number.
 *
 * @param folder where BackupPC is installed
 * @throws {ManagerError} code `backuppc-failed`
 */
export async function readBackupStart(
  folder: string,
  host: string,
  number: number,
): Promise<Date | undefined> {
  const what = "BackupPC's backups cannot be read";
  const printed = await runPerl(folder, PROGRAM, what, [host, String(number)]);
  const seconds = printed.trim().split("\n").at(-1) ?? "";
  return /^\d+$/.test(seconds) ? new Date(Number(seconds) * 1000) : undefined;
}

const PROGRAM = `
use strict;
use BackupPC::Lib;
my $bpc = BackupPC::Lib->new or exit(1);
my ($host, $number) = @ARGV;
for my $backup ($bpc->BackupInfoRead($host)) {
    print($answer int($backup->{startTime}), "\\n") if $backup->{num} eq $number;
}
`;
