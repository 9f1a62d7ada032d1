import { findBackupPc } from "./backuppc-folder.ts";
import { ManagerError } from "../manager-error.ts";
import { runPerl } from "./run-perl.ts";

/**
 * BackupPC's error for each host whose last archive failed. A request of several hosts ends with the first failure, so its
 * error is given for each host in it.
 *
 * @param folders where BackupPC may be
 * @returns none where it is not on this machine, or does not answer this user
 */
export async function readLastErrors(
  folders?: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  try {
    const folder = await findBackupPc(folders);
    return errorsIn(await runPerl(folder, PROGRAM, "BackupPC's archives cannot be read"));
  } catch (error) {
    if (error instanceof ManagerError) return new Map();
    throw error;
  }
}

const PROGRAM = `
use strict;
use BackupPC::Lib;
my $bpc = BackupPC::Lib->new or exit(1);
my @all;
for my $archiveHost (keys(%{$bpc->HostInfoRead})) {
    $bpc->ConfigRead($archiveHost);
    next if $bpc->{Conf}{XferMethod} ne "archive";
    my $folder = $bpc->TopDir . "/pc/$archiveHost";
    push(@all, map { { %$_, file => "$folder/ArchiveInfo.$_->{num}" } } $bpc->ArchiveInfoRead($archiveHost));
}
for my $archive (sort { $a->{endTime} <=> $b->{endTime} } @all) {
    our %ArchiveReq = ();
    do($archive->{file});
    my $error = $archive->{result} eq "ok" ? "" : $archive->{errorMsg};
    $error =~ s/[\\t\\n]/ /g;
    print("$_\\t$archive->{result}\\t$error\\n") for @{$ArchiveReq{HostList} || []};
}
`;

/** The last line of each host counts. */
function errorsIn(text: string): Map<string, string> {
  const errors = new Map<string, string>();
  for (const line of text.split("\n")) {
    const [host = "", result, error = ""] = line.split("\t");
    if (result === "ok") errors.delete(host);
    else if (host !== "") errors.set(host, error);
  }
  return errors;
}
