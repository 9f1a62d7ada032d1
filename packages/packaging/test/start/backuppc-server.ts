import type { LiveRoot } from "./live-root.ts";

type Typed = Pick<LiveRoot, "type">;

/** Of BackupPC's web pages. */
const LOGIN = { user: "backuppc", password: "secret" };

/** As an administrator installs BackupPC and its web pages, and what the commands of the page need. */
export async function installBackupPcServer({ type }: Typed): Promise<void> {
  const needed = "backuppc apache2 dma rsync gzip bzip2 curl nodejs gpg gpg-agent libfaketime";
  await type(`
    echo "backuppc backuppc/reconfigure-webserver multiselect apache2" | debconf-set-selections
    apt-get update -qq
    apt-get install -y -qq --no-install-recommends ${needed}`);
}

/** A BackupPC that runs, with its web pages on a port of the loopback, and no host. @returns their address */
export async function startBackupPcServer({ type }: Typed, port: number): Promise<string> {
  const site = "/etc/apache2/sites-enabled/000-default.conf";
  await type(
    `
    cat >> /etc/backuppc/config.pl
    printf 'host\\tdhcp\\tuser\\tmoreUsers\\n' > /etc/backuppc/hosts
    htpasswd -b /etc/backuppc/htpasswd ${LOGIN.user} ${LOGIN.password}
    echo 'Listen 127.0.0.1:${port}' > /etc/apache2/ports.conf
    echo 'ServerName localhost' > /etc/apache2/conf-enabled/name.conf
    sed -i 's/\\*:80/*:${port}/' ${site}
    apache2ctl start > /dev/null 2>&1
    install -d -o backuppc -g backuppc /run/backuppc`,
    { input: CONFIGURATION },
  );
  await startDaemon({ type });
  return `http://${LOGIN.user}:${LOGIN.password}@127.0.0.1:${port}/backuppc/index.cgi`;
}

/** BackupPC's daemon; ends when it answers. */
async function startDaemon({ type }: Typed): Promise<void> {
  await type(asBackupPc("/usr/share/backuppc/bin/BackupPC -d > /dev/null 2>&1"));
  await type(`until ${asBackupPc(STATUS)} | grep -q 'Got reply:'; do sleep 0.2; done`);
}

/** A host of BackupPC, which is the folder /srv/NAME. */
export async function addHost({ type }: Typed, name: string): Promise<void> {
  await type(`
    mkdir -p /srv/${name}/etc
    echo 'a text of ${name}' > '/srv/${name}/odd name'
    echo ${name} > /srv/${name}/etc/hostname
    head -c 300000 /dev/urandom > /srv/${name}/random
    ln -s random /srv/${name}/link
    printf '%s\\t0\\tbackuppc\\t\\n' ${name} >> /etc/backuppc/hosts
    echo "\\$Conf{TarShareName} = ['/srv/${name}'];" > /etc/backuppc/pc/${name}.pl
    chown backuppc:www-data /etc/backuppc/*.pl /etc/backuppc/hosts`);
  await type(asBackupPc("/usr/share/backuppc/bin/BackupPC_serverMesg server reload"));
}

/** Ends the daemon, which writes down what it knows of each host then, and starts it again. */
export async function restartDaemon({ type }: Typed): Promise<void> {
  await type(`
    daemon=$(cat /run/backuppc/BackupPC.pid)
    kill "$daemon"
    while kill -0 "$daemon" 2> /dev/null; do sleep 0.1; done`);
  await startDaemon({ type });
}

/** Has the daemon make the backup that the host's own schedule wants, if any; ends when it is done. */
export async function backUp({ type }: Typed, name: string): Promise<void> {
  const tell = asBackupPc("/usr/share/backuppc/bin/BackupPC_serverMesg");
  await type(`
    ${tell} backup ${name} ${name} backuppc auto
    while ${tell} status jobs queues | grep -qw ${name}; do sleep 0.3; done`);
}

export function asBackupPc(command: string): string {
  const who = "--reuid=backuppc --regid=backuppc --init-groups";
  return `setpriv ${who} env HOME=/var/lib/backuppc ${command}`;
}

const STATUS = "/usr/share/backuppc/bin/BackupPC_serverMesg status info";

/** Backups only when they are asked for, of folders of this machine. */
const CONFIGURATION = `
$Conf{ServerHost} = 'localhost';
$Conf{CgiAdminUsers} = 'backuppc';
$Conf{PingCmd} = '&{sub {0}}';
$Conf{WakeupSchedule} = [3];
$Conf{BlackoutPeriods} = [];
$Conf{EMailNotifyMinDays} = 10000;
$Conf{FixedIPNetBiosNameCheck} = 0;
$Conf{SshPath} = '';
$Conf{ParPath} = '';
$Conf{RrdToolPath} = '';
$Conf{SmbClientPath} = '';
$Conf{NmbLookupPath} = '';
$Conf{NmbLookupCmd} = '';
$Conf{NmbLookupFindHostCmd} = '';
$Conf{XferMethod} = 'tar';
$Conf{ClientNameAlias} = '127.0.0.1';
$Conf{TarClientCmd} = '/usr/bin/env LC_ALL=C $tarPath -c -v -f - -C $shareName --totals';
$Conf{TarFullArgs} = '$fileList';
$Conf{TarIncrArgs} = '--newer-mtime=$incrDate $fileList';
`;
