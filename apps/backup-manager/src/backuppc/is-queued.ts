import { runPerl } from "./run-perl.ts";
import type { TakenRequest } from "./request-backup.ts";

/**
 * Whether BackupPC's server still knows of a request: it waits, or runs.
 *
 * @param folder where BackupPC is installed
 * @throws {ManagerError} code `backuppc-failed` if the server does not answer
 */
export async function isQueued(folder: string, { file }: TakenRequest): Promise<boolean> {
  const said = await runPerl(folder, PROGRAM, "BackupPC's server does not answer");
  return said.includes(file);
}

const PROGRAM = `
use strict;
use BackupPC::Lib;
my $bpc = BackupPC::Lib->new or exit(1);
my $failed = $bpc->ServerConnect($bpc->{Conf}{ServerHost}, $bpc->{Conf}{ServerPort});
die("$failed\\n") if $failed;
print($answer $bpc->ServerMesg("status $_"), "\\n") for "jobs", "queues";
$bpc->ServerDisconnect;
`;
