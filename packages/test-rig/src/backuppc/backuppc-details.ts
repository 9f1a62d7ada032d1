/** A running BackupPC as plain data: enough to drive it from another process. */
export interface BackupPcDetails {
  readonly user: string;
  readonly uid: number;
  readonly gid: number;
  /** Holds BackupPC_tarCreate and its kin. */
  readonly programFolder: string;
  /** The web interface. */
  readonly cgi: string;
  /** `$Conf{TopDir}`, the user's home too: pool, logs, records of backups. */
  readonly topFolder: string;
  /** Holds config.pl. */
  readonly configFolder: string;
  /** Name of the archive host. */
  readonly archiveHost: string;
  readonly hosts: readonly SampleHost[];
  /** Where the rig keeps what is its own: sample data, locks. User backuppc can enter it. */
  readonly rigFolder: string;
}

/** A host that is backed up: folders of this machine. */
export interface SampleHost {
  readonly name: string;
  readonly method: "tar" | "rsync";
  /** Folders, absolute; still as they were when the last backup was taken. */
  readonly shares: readonly string[];
}

/** Where Debian puts BackupPC, and where the rig puts its own. */
export const backupPcPlaces: Omit<BackupPcDetails, "uid" | "gid"> = {
  user: "backuppc",
  programFolder: "/usr/share/backuppc/bin",
  cgi: "/usr/share/backuppc/cgi-bin/index.cgi",
  topFolder: "/var/lib/backuppc",
  configFolder: "/etc/backuppc",
  archiveHost: "archives3",
  rigFolder: "/srv/backuppc-test-rig",
  hosts: [
    {
      name: "gandalf",
      method: "tar",
      shares: [
        "/srv/backuppc-test-rig/data/gandalf/etc",
        "/srv/backuppc-test-rig/data/gandalf/home",
      ],
    },
    { name: "witte", method: "rsync", shares: ["/srv/backuppc-test-rig/data/witte"] },
  ],
};
