import { randomUUID } from "node:crypto";
import { ManagerError } from "../manager-error.ts";
import { runPerl } from "./run-perl.ts";

export interface BackupRequest {
  /** Where BackupPC is installed. */
  readonly folder: string;
  readonly archiveHost: string;
  readonly host: string;
  /** BackupPC's backup number. */
  readonly number: number;
}

/** A request that BackupPC has taken. */
export interface TakenRequest {
  /** BackupPC's file of it, in the folder of the archive host. */
  readonly file: string;
  /** What names it in that file, whatever the file is called later. */
  readonly id: string;
}

/**
 * Asks BackupPC to archive one backup. BackupPC_archiveStart can ask for the last one only, even if that is a partial one,
 * and leaves `$Conf{ArchiveSplit}` out.
 *
 * @returns undefined where another archive runs
 * @throws {ManagerError} code `backuppc-failed`
 */
export async function requestBackup(request: BackupRequest): Promise<TakenRequest | undefined> {
  const { folder, archiveHost, host, number } = request;
  const id = randomUUID();
  const what = "BackupPC does not start the archive";
  const args = [archiveHost, host, String(number), id];
  const printed = await runPerl(folder, PROGRAM, what, args);
  const [file = "", reply = ""] = printed.trim().split("\n");
  if (reply.startsWith("ok: requested archive")) return { file, id };
  if (reply.includes("currently running")) return undefined;
  throw new ManagerError(
    "backuppc-failed",
    `${what}: ${reply}`,
    "Check that BackupPC runs, and its log.",
  );
}

/** As BackupPC_archiveStart of 4.4 does it, and the web form with its choice of a backup. */
const PROGRAM = `
use strict;
use BackupPC::Lib;
use Data::Dumper;
my ($archiveHost, $host, $number, $id) = @ARGV;
my $bpc = BackupPC::Lib->new or exit(1);
$bpc->ConfigRead($archiveHost);
my %Conf = %{$bpc->{Conf}};
my $user = getpwuid($<);
my ($program, $extension) =
    $Conf{ArchiveComp} eq "gzip" ? ($Conf{GzipPath}, ".gz")
  : $Conf{ArchiveComp} eq "bzip2" ? ($Conf{Bzip2Path}, ".bz2") : ($Conf{CatPath}, "");
my $split = ($Conf{ArchiveSplit} || 0) * 1000000;
my %ArchiveReq = (
    archiveloc => $Conf{ArchiveDest}, archtype => 0, compression => $program, compext => $extension,
    parfile => $Conf{ArchivePar}, splitsize => $split || "0000000", host => $archiveHost,
    HostList => [$host], BackupList => [$number], user => $user, reqTime => time, requestId => $id,
);
my $folder = $bpc->TopDir . "/pc/$archiveHost";
# A new archive host has no folder before its first archive.
-d $folder or mkdir($folder, 0777) or die("$folder: $!\\n");
my $file = "archiveReq.$$.0";
for (my $i = 1; -f "$folder/$file"; $i++) { $file = "archiveReq.$$.$i" }
open(my $out, ">", "$folder/$file") or die("$folder/$file: $!\\n");
binmode($out);
print($out Data::Dumper->new([\\%ArchiveReq], ["*ArchiveReq"])->Indent(1)->Dump);
close($out) or die("$folder/$file: $!\\n");
my $failed = $bpc->ServerConnect($Conf{ServerHost}, $Conf{ServerPort});
my $reply = $failed || $bpc->ServerMesg("archive $user $archiveHost $file");
$bpc->ServerDisconnect unless $failed;
unlink("$folder/$file") unless $reply =~ /^ok/;
chomp($reply);
print($answer "$file\\n$reply\\n");
`;
