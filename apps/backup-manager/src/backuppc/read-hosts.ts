import { runPerl } from "./run-perl.ts";

/** BackupPC's hosts, by its own word. */
export interface BackupPcHosts {
  /** `$Conf{TopDir}` */
  readonly topFolder: string;
  /** Where its configuration is. */
  readonly configFolder: string;
  /** `$Conf{MyPath}`, where its commands find programs. */
  readonly path: string;
  /** Hosts that don't back up but archive others. */
  readonly archiveHosts: readonly ArchiveHost[];
  /** Hosts that BackupPC backs up, with or without a backup yet. */
  readonly hosts: readonly BackedUpHost[];
  /** The names of those that have a backup, which could be archived. */
  readonly backedUp: readonly string[];
}

/** An archive host, and how it archives. */
export interface ArchiveHost {
  readonly name: string;
  /** `$Conf{ArchiveDest}` */
  readonly destination: string;
  /** `$Conf{ArchiveClientCmd}`, its words with spaces between, and `$Installdir` replaced. */
  readonly command: string;
  /** `$Conf{ClientTimeout}` in seconds. */
  readonly clientTimeout: number;
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
  const [first = "", ...lines] = printed.split("\n").slice(0, -1);
  const [topFolder = "", configFolder = "", path = ""] = first.split("\t");
  const all = lines.map((line) => line.split("\t"));
  const archiving = all.filter(([, method]) => method === "archive");
  const hosts = all
    .filter(([, method]) => method !== "archive")
    .map(([name = "", , backups = ""]) => ({ name, backups: backupsIn(backups) }));
  return {
    topFolder,
    configFolder,
    path,
    archiveHosts: archiving.map(([name = "", , , timeout, destination = "", command = ""]) => ({
      name,
      destination,
      command: command.replaceAll("$Installdir", () => folder),
      clientTimeout: Number(timeout),
    })),
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
print($answer join("\\t", $bpc->TopDir, $bpc->ConfDir, $bpc->{Conf}{MyPath} // ""), "\\n");
for my $host (sort(keys(%{$bpc->HostInfoRead}))) {
    $bpc->ConfigRead($host);
    my $backups = join(",", map { "$_->{num}:$_->{type}:$_->{startTime}" } $bpc->BackupInfoRead($host));
    my ($method, $timeout, $to, $command) = map { ref($_) ? join(" ", @$_) : $_ // "" }
        @{$bpc->{Conf}}{qw(XferMethod ClientTimeout ArchiveDest ArchiveClientCmd)};
    s/[\\t\\n]/ /g for $to, $command;
    print($answer join("\\t", $host, $method, $backups, $timeout, $to, $command), "\\n");
}
`;

function backupsIn(text: string): Backup[] {
  return [...text.matchAll(/(\d+):(\w*):(\d+)/g)].map(([, number, type = "", seconds]) => ({
    number: Number(number),
    type,
    started: new Date(Number(seconds) * 1000),
  }));
}
