import { join } from "node:path";
import { ManagerError } from "../manager-error.ts";
import { runProgram } from "../program/run-program.ts";

/** BackupPC's hosts, by its own word. */
export interface BackupPcHosts {
  /** `$Conf{TopDir}` */
  readonly topFolder: string;
  /** Hosts that don't back up but archive others. */
  readonly archiveHosts: readonly string[];
  /** Where archive hosts with another command than BackupPC's own archive to. */
  readonly destinations: readonly ArchiveDestination[];
  /** Hosts that have a backup, which could be archived. */
  readonly backedUp: readonly string[];
}

export interface ArchiveDestination {
  readonly archiveHost: string;
  /** `$Conf{ArchiveDest}` */
  readonly path: string;
}

/** Asks BackupPC's own library. @throws {ManagerError} code `backuppc-failed` */
export async function readBackupPcHosts(folder: string): Promise<BackupPcHosts> {
  const args = ["-I", join(folder, "lib"), "-e", PROGRAM];
  const { status, stdout, stderr } = await runProgram("perl", args).catch((error: unknown) => {
    throw new ManagerError("backuppc-failed", "perl can't be run", "Install perl.", error);
  });
  const said = `${stdout}\n${stderr}`;
  if (said.includes("Wrong user")) throw wrongUser();
  const [topFolder, ...lines] = stdout.split("\n").slice(0, -1);
  if (status !== 0 || topFolder === undefined) throw unreadable(said);
  const hosts = lines.map((line) => line.split("\t"));
  return {
    topFolder,
    archiveHosts: namesOf(hosts, (method) => method === "archive"),
    destinations: hosts.flatMap(([archiveHost = "", method, , path = ""]) =>
      method === "archive" && path !== "" ? [{ archiveHost, path }] : [],
    ),
    backedUp: namesOf(hosts, (method, backups) => method !== "archive" && backups !== "0"),
  };
}

/** Its configuration is Perl, so that only Perl can read it. */
const PROGRAM = `
use strict;
use BackupPC::Lib;
my $bpc = BackupPC::Lib->new or exit(1);
print($bpc->TopDir, "\\n");
for my $host (sort(keys(%{$bpc->HostInfoRead}))) {
    $bpc->ConfigRead($host);
    my @backups = $bpc->BackupInfoRead($host);
    my ($command, $to) = map { $_ // "" } @{$bpc->{Conf}}{qw(ArchiveClientCmd ArchiveDest)};
    $to = "" if ref($command) || $command =~ /BackupPC_archiveHost\\s/;
    print(join("\\t", $host, $bpc->{Conf}{XferMethod}, scalar(@backups), $to), "\\n");
}
`;

function namesOf(
  hosts: readonly string[][],
  isMeant: (method: string, backups: string) => boolean,
): string[] {
  return hosts.flatMap(([name = "", method = "", backups = "0"]) =>
    isMeant(method, backups) ? [name] : [],
  );
}

function wrongUser(): ManagerError {
  return new ManagerError(
    "backuppc-failed",
    "BackupPC answers only its own user",
    "Run this as that user: su -s /bin/sh backuppc -c 'backup-manager …'",
  );
}

function unreadable(said: string): ManagerError {
  const why = said.trim().split("\n").at(-1) ?? "";
  const hint = "Check that BackupPC's configuration can be read.";
  return new ManagerError("backuppc-failed", `BackupPC's hosts cannot be read: ${why}`, hint);
}
