import { findBackupPc } from "./backuppc-folder.ts";
import { ManagerError } from "../manager-error.ts";
import type { RunPolicy } from "../run-command/plan-run.ts";
import { runPerl } from "./run-perl.ts";

/** What BackupPC knows of the last archive and the last backup of each host. */
export interface LastRuns {
  /**
   * The error of each host whose last archive failed. A request of several hosts ends with the first failure, so its error is
   * given for each host in it.
   */
  readonly archiveErrors: ReadonlyMap<string, string>;
  readonly backups: ReadonlyMap<string, LastBackup>;
  /** Where BackupPC is installed; undefined where it is elsewhere. */
  readonly folder: string | undefined;
}

interface LastBackup {
  /** When the last one began of the kind that is archived. */
  readonly started: Date;
  /** Why a later one failed; empty if none has. */
  readonly error: string;
}

export const NO_RUNS: LastRuns = {
  archiveErrors: new Map(),
  backups: new Map(),
  folder: undefined,
};

/**
 * Asks BackupPC's own library.
 *
 * @param backupType which backups are archived
 * @param folders where BackupPC may be
 * @returns nothing where it is not on this machine, or does not answer this user
 */
export async function readLastRuns(
  backupType: RunPolicy["backupType"],
  folders?: readonly string[],
): Promise<LastRuns> {
  try {
    const folder = await findBackupPc(folders);
    return runsIn(
      folder,
      await runPerl(folder, PROGRAMS[backupType], "BackupPC's records cannot be read"),
    );
  } catch (error) {
    if (error instanceof ManagerError) return NO_RUNS;
    throw error;
  }
}

/** @param types of backups, a regular expression */
const program = (types: string): string => `
use strict;
use BackupPC::Lib;
my $bpc = BackupPC::Lib->new or exit(1);
our (%Status, %Info);
do($bpc->LogDir . "/status.pl");
my @all;
for my $host (keys(%{$bpc->HostInfoRead})) {
    $bpc->ConfigRead($host);
    if ($bpc->{Conf}{XferMethod} ne "archive") {
        my ($last) = sort { $b->{num} <=> $a->{num} } grep { $_->{type} =~ /^(${types})$/ } $bpc->BackupInfoRead($host);
        print($answer join("\\t", "backup", $host, $last->{startTime}, line($Status{$host}{error})), "\\n") if $last;
        next;
    }
    my $folder = $bpc->TopDir . "/pc/$host";
    push(@all, map { { %$_, file => "$folder/ArchiveInfo.$_->{num}" } } $bpc->ArchiveInfoRead($host));
}
for my $archive (sort { $a->{endTime} <=> $b->{endTime} } @all) {
    our %ArchiveReq = ();
    do($archive->{file});
    my $error = $archive->{result} eq "ok" ? "" : $archive->{errorMsg};
    print($answer join("\\t", "archive", $_, $archive->{result}, line($error)), "\\n") for @{$ArchiveReq{HostList} || []};
}
sub line { my $text = $_[0] // ""; $text =~ s/\\s+/ /g; return $text }
`;

const PROGRAMS = { any: program("full|incr"), full: program("full") } as const;

/** The last archive of each host counts. */
function runsIn(folder: string, text: string): LastRuns {
  const archiveErrors = new Map<string, string>();
  const backups = new Map<string, LastBackup>();
  for (const line of text.split("\n")) {
    const [kind, host = "", about, error = ""] = line.split("\t");
    if (kind === "backup") backups.set(host, { started: new Date(Number(about) * 1000), error });
    else if (kind === "archive" && about === "ok") archiveErrors.delete(host);
    else if (kind === "archive") archiveErrors.set(host, error);
  }
  return { archiveErrors, backups, folder };
}
