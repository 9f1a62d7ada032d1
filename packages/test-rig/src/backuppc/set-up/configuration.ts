import type { BackupPcDetails, SampleHost } from "../backuppc-details.ts";
import { ourMark } from "./ownership.ts";
import { perlList, perlString } from "./perl-string.ts";

/** What is added to Debian's config.pl: a daemon that does only what it is asked to, on a machine without network. */
export const serverConfiguration: string = `
${ourMark}
$Conf{ServerHost} = 'localhost';
$Conf{PingCmd} = '&{sub {0}}';
$Conf{WakeupSchedule} = [3];
$Conf{BackupsDisable} = 1;
$Conf{EMailNotifyMinDays} = 10000;
$Conf{FixedIPNetBiosNameCheck} = 0;
# The daemon refuses to start when a program named here is missing.
$Conf{SmbClientPath} = '';
$Conf{NmbLookupPath} = '';
$Conf{NmbLookupCmd} = '';
$Conf{NmbLookupFindHostCmd} = '';
`;

/** The file `hosts`: all of them belong to user backuppc. */
export function hostsFile({ hosts, archiveHost, user }: BackupPcDetails): string {
  const names = [...hosts.map(({ name }) => name), archiveHost];
  return ["host\tdhcp\tuser", ...names.map((name) => `${name}\t0\t${user}`), ""].join("\n");
}

/** A host's own configuration: it is read on this machine, without ssh. */
export function hostConfiguration(host: SampleHost, localShell: string): string {
  const shares = perlList(host.shares);
  const address = "$Conf{ClientNameAlias} = '127.0.0.1';\n";
  if (host.method === "tar") {
    return `${address}$Conf{XferMethod} = 'tar';
$Conf{TarShareName} = ${shares};
$Conf{TarClientCmd} = '/usr/bin/env LC_ALL=C $tarPath -c -v -f - -C $shareName --totals';
$Conf{TarFullArgs} = '$fileList';
$Conf{TarIncrArgs} = '--newer=$incrDate $fileList';
`;
  }
  return `${address}$Conf{XferMethod} = 'rsync';
$Conf{RsyncShareName} = ${shares};
$Conf{RsyncSshArgs} = ['-e', ${perlString(localShell)}];
$Conf{RsyncArgsExtra} = ['--xattrs'];
`;
}
