import { readFile } from "node:fs/promises";
import type { EmbeddedStore } from "@backuppc-archive-s3/test-rig";
import type { FreshRoot } from "./fresh-root.ts";
import { ROOT } from "./repository.ts";

export const CREDENTIALS = { accessKeyId: "root", secretAccessKey: "secret", region: "us-east-1" };
export const BUCKET = "offsite";

/** As an administrator installs BackupPC, with the smallest packages that satisfy its dependencies. */
export async function installBackupPc({ run }: FreshRoot): Promise<void> {
  const shells = "man-db bash-completion zsh curl";
  await run(`
    echo "backuppc backuppc/reconfigure-webserver multiselect" | debconf-set-selections
    apt-get update -qq
    apt-get install -y -qq --no-install-recommends backuppc micro-httpd dma rsync gzip bzip2 ${shells} 2>&1`);
}

/** BackupPC's host witte, which is the folder /srv/witte, and the archive host of docs/install.md. */
export async function configureBackupPc({ run, write }: FreshRoot): Promise<void> {
  await run(`
    mkdir -p /srv/witte/sub
    head -c 3000000 /dev/urandom > /srv/witte/random
    echo "a text" > "/srv/witte/sub/odd name"
    ln -s random /srv/witte/link
    chmod 1755 /srv/witte/sub`);
  await write("tmp/server.pl", SERVER);
  await write("etc/backuppc/witte.pl", WITTE);
  await write("etc/backuppc/archives3.pl", await archiveHostOfDocs());
  await run(`
    cat /tmp/server.pl >> /etc/backuppc/config.pl
    printf 'host\\tdhcp\\tuser\\nwitte\\t0\\tbackuppc\\narchives3\\t0\\tbackuppc\\n' > /etc/backuppc/hosts
    chown backuppc:www-data /etc/backuppc/*.pl /etc/backuppc/hosts`);
}

/** The configuration and the passphrase, with the owners of docs/install.md. */
export async function configureStore(
  { run, write }: FreshRoot,
  { endpoint }: EmbeddedStore,
): Promise<void> {
  const { accessKeyId, secretAccessKey } = CREDENTIALS;
  await write(
    "tmp/config.toml",
    `bucket = "${BUCKET}"
endpoint = "${endpoint}"
provider = "other"
accessKeyId = "${accessKeyId}"
secretAccessKey = "${secretAccessKey}"
passphraseFile = "/etc/backuppc-archive-s3/passphrase"
every = "1m"
`,
  );
  await write("tmp/passphrase", "correct horse battery staple\n");
  await run(`
    cd /tmp
    install -o root -g backuppc -m 640 config.toml passphrase /etc/backuppc-archive-s3/
    rm config.toml passphrase`);
}

/**
 * Takes a backup, and has BackupPC's daemon archive it.
 *
 * @returns what `backup-manager list` prints after that
 * @throws if there is no complete archive of it
 */
export async function archiveByBackupPc({ run }: FreshRoot): Promise<string> {
  return await run(`
    install -d -o backuppc -g backuppc /run/backuppc
    bin=/usr/share/backuppc/bin
    as() { ${AS_BACKUPPC} "$@"; }
    as $bin/BackupPC -d
    until as $bin/BackupPC_serverMesg status info | grep -q "Got reply:"; do sleep 0.2; done
    as $bin/BackupPC_dump -v -f witte > /tmp/dump.log 2>&1 || { tail /tmp/dump.log >&2; exit 1; }
    # Half a minute after the last archive the next one is due.
    for try in $(seq 60); do
      as backup-manager run > /tmp/run.log 2>&1 || { cat /tmp/run.log >&2; exit 1; }
      if grep -q "1 archived" /tmp/run.log; then break; fi
      sleep 1
    done
    backup-manager list`);
}

/** Runs a command as BackupPC's user. @returns what it prints @throws if it fails */
export async function asBackupPc({ run }: FreshRoot, command: string): Promise<string> {
  return await run(`${AS_BACKUPPC} ${command}`);
}

const AS_BACKUPPC =
  "setpriv --reuid=backuppc --regid=backuppc --init-groups env HOME=/var/lib/backuppc";

/** The block of docs/install.md, as it is. */
async function archiveHostOfDocs(): Promise<string> {
  const page = await readFile(`${ROOT}/docs/install.md`, "utf8");
  const [, block] = /^```perl\n([\s\S]*?)^```$/m.exec(page) ?? [];
  if (block === undefined) throw new Error("There is no perl block in docs/install.md.");
  return block;
}

/** A daemon that only does what it is asked for, on a machine without a network of its own. */
const SERVER = `
$Conf{ServerHost} = 'localhost';
$Conf{PingCmd} = '&{sub {0}}';
$Conf{WakeupSchedule} = [3];
$Conf{BackupsDisable} = 1;
$Conf{EMailNotifyMinDays} = 10000;
$Conf{FixedIPNetBiosNameCheck} = 0;
$Conf{SmbClientPath} = '';
$Conf{NmbLookupPath} = '';
$Conf{NmbLookupCmd} = '';
$Conf{NmbLookupFindHostCmd} = '';
`;

const WITTE = `$Conf{ClientNameAlias} = '127.0.0.1';
$Conf{XferMethod} = 'tar';
$Conf{TarShareName} = ['/srv/witte'];
$Conf{TarClientCmd} = '/usr/bin/env LC_ALL=C $tarPath -c -v -f - -C $shareName --totals';
$Conf{TarFullArgs} = '$fileList';
`;
