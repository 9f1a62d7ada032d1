import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

export interface FakeBackupPc {
  /** Where it is installed. */
  readonly folder: string;
  /** Its `$Conf{TopDir}`. */
  readonly topFolder: string;
}

/** Number, type, and start in seconds since 1970. */
type FakeBackup = readonly [number: number, type: string, started: number];

export interface FakeBackupPcOptions {
  /** A line each of BackupPC's library: name, XferMethod, backups or their number, and where an archive host archives to. */
  readonly hosts?: readonly (readonly [
    name: string,
    method: string,
    backups: number | readonly FakeBackup[],
    destination?: string,
  ])[];
  /** What BackupPC_archiveStart prints, and does: it ends with 0 whatever that is. */
  readonly archiveStart?: string;
  /** `$Conf{ArchiveClientCmd}` of every archive host. */
  readonly archiveClientCmd?: string;
  /** `$Conf{ClientTimeout}` in seconds. */
  readonly clientTimeout?: number;
  /** `$Conf{MyPath}` */
  readonly path?: string;
  /** It is not BackupPC's user who asks. */
  readonly isWrongUser?: boolean;
}

/** A stand-in for BackupPC's library and BackupPC_archiveStart, for one test. */
export async function fakeBackupPc({
  hosts = [
    ["archives3", "archive", 0],
    ["fresh", "rsync", 0],
    ["gandalf", "tar", 2],
    ["witte", "rsync", 1],
  ],
  archiveStart = 'echo "Sent archive request, reply: ok: requested archive on $1"; echo "$@" > asked',
  archiveClientCmd = "",
  clientTimeout = 720_000,
  path = "/bin:/usr/bin",
  isWrongUser = false,
}: FakeBackupPcOptions = {}): Promise<FakeBackupPc> {
  const folder = await mkdtemp(join(tmpdir(), "fake-backuppc-"));
  onTestFinished(async () => await rm(folder, { recursive: true }));
  const topFolder = join(folder, "top");
  await mkdir(join(topFolder, "pc", "archives3"), { recursive: true });
  await mkdir(join(folder, "bin"));
  await mkdir(join(folder, "lib", "BackupPC"), { recursive: true });
  const program = join(folder, "bin", "BackupPC_archiveStart");
  await writeFile(program, `#!/bin/sh\ncd '${topFolder}/pc/archives3'\n${archiveStart}\n`);
  await chmod(program, 0o755);
  await writeFile(
    join(folder, "lib", "BackupPC", "Lib.pm"),
    library(topFolder, hosts, isWrongUser, [
      `ArchiveClientCmd => '${archiveClientCmd}'`,
      `ClientTimeout => ${clientTimeout}`,
      `MyPath => '${path}'`,
    ]),
  );
  return { folder, topFolder };
}

function library(
  topFolder: string,
  hosts: NonNullable<FakeBackupPcOptions["hosts"]>,
  isWrongUser: boolean,
  conf: readonly string[],
): string {
  const entries = hosts.map(
    ([name, method, backups, to = ""]) =>
      `'${name}' => ['${method}', [${backupsOf(backups)}], '${to}']`,
  );
  const wrong =
    'print(STDERR "-e: Wrong user: my userid is 0, instead of 33(backuppc)\\n"); return;';
  return `package BackupPC::Lib;
my %hosts = (${entries.join(", ")});
sub new { ${isWrongUser ? wrong : `return bless({Conf => {${conf.join(", ")}}}, shift);`} }
sub TopDir { return '${topFolder}' }
sub LogDir { return '${topFolder}/log' }
sub ArchiveInfoRead { return () }
sub ConfDir { return '${topFolder}/conf' }
sub HostInfoRead { return \\%hosts }
sub ConfigRead { my ($self, $host) = @_; $self->{Conf}{XferMethod} = $hosts{$host}[0]; $self->{Conf}{ArchiveDest} = $hosts{$host}[2] }
sub BackupInfoRead { my ($self, $host) = @_; return @{$hosts{$host}[1]} }
sub ServerConnect { return -f '${topFolder}/down' ? 'unix connect: refused' : undef }
sub ServerDisconnect { }
sub ServerMesg {
    my ($self, $message) = @_;
    my (undef, $user, $host, $file) = split(" ", $message);
    return -f '${topFolder}/forgets' ? '' : join(' ', glob('${topFolder}/pc/*/archiveReq.*')) if $message =~ /^status/;
    return "Archive currently running on $host, please try later" if unlink('${topFolder}/busy');
    open(my $accepted, '>', '${topFolder}/accepted.' . $file) or die($!);
    return "ok: requested archive on $host";
}
1;
`;
}

function backupsOf(backups: number | readonly FakeBackup[]): string {
  const all: readonly FakeBackup[] =
    typeof backups === "number"
      ? Array.from({ length: backups }, (_, at) => [at, "full", 1_700_000_000 + at])
      : backups;
  return all
    .map(([number, type, time]) => `{num => ${number}, type => '${type}', startTime => ${time}}`)
    .join(", ");
}
