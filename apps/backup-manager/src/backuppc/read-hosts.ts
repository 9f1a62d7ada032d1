import { runPerl } from "./run-perl.ts";

/** BackupPC's hosts, by its own word. */
export interface BackupPcHosts {
  /** `$Conf{TopDir}` */
  readonly topFolder: string;
  /** Hosts that don't back up but archive others. */
  readonly archiveHosts: readonly string[];
  /** Where archive hosts with another command than BackupPC's own archive to. */
  readonly destinations: readonly ArchiveDestination[];
  /** Hosts that BackupPC backs up, with or without a backup yet. */
  readonly hosts: readonly BackedUpHost[];
  /** The names of those that have a backup, which could be archived. */
  readonly backedUp: readonly string[];
}

export interface ArchiveDestination {
  readonly archiveHost: string;
  /** `$Conf{ArchiveDest}` */
  readonly path: string;
}

export interface BackedUpHost {
  readonly name: string;
  /** By number. */
  readonly backups: readonly Backup[];
}

/** A backup that BackupPC has. */
export interface Backup {
  readonly number: number;
  /** `full`, `incr`, `partial` or `active`. */
  readonly type: string;
  readonly started: Date;
}

/** Asks BackupPC's own library. @throws {ManagerError} code `backuppc-failed` */
export async function readBackupPcHosts(folder: string): Promise<BackupPcHosts> {
  const printed = await runPerl(folder, PROGRAM, "BackupPC's hosts cannot be read");
  const [topFolder = "", ...lines] = printed.split("\n").slice(0, -1);
  const all = lines.map((line) => line.split("\t"));
  const archiving = all.filter(([, method]) => method === "archive");
  const hosts = all
    .filter(([, method]) => method !== "archive")
    .map(([name = "", , , backups = ""]) => ({ name, backups: backupsIn(backups) }));
  return {
    topFolder,
    archiveHosts: archiving.map(([name = ""]) => name),
    destinations: archiving.flatMap(([archiveHost = "", , path = ""]) =>
      path === "" ? [] : [{ archiveHost, path }],
    ),
    hosts,
    backedUp: withBackups(hosts),
  };
}

/** The names of those that have a backup. */
export function withBackups(hosts: readonly BackedUpHost[]): string[] {
  return hosts.flatMap(({ name, backups }) => (backups.length === 0 ? [] : [name]));
}

const PROGRAM = `
use strict;
use BackupPC::Lib;
my $bpc = BackupPC::Lib->new or exit(1);
print($bpc->TopDir, "\\n");
for my $host (sort(keys(%{$bpc->HostInfoRead}))) {
    $bpc->ConfigRead($host);
    my $backups = join(",", map { "$_->{num}:$_->{type}:$_->{startTime}" } $bpc->BackupInfoRead($host));
    my ($command, $to) = map { $_ // "" } @{$bpc->{Conf}}{qw(ArchiveClientCmd ArchiveDest)};
    $to = "" if ref($command) || $command =~ /BackupPC_archiveHost\\s/;
    print(join("\\t", $host, $bpc->{Conf}{XferMethod}, $to, $backups), "\\n");
}
`;

function backupsIn(text: string): Backup[] {
  return [...text.matchAll(/(\d+):(\w*):(\d+)/g)].map(([, number, type = "", seconds]) => ({
    number: Number(number),
    type,
    started: new Date(Number(seconds) * 1000),
  }));
}
