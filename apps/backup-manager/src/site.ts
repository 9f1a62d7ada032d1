import type {
  ArchiveId,
  ArchiveWriter,
  Catalog,
  ReadableArchive,
  Trust,
} from "@backuppc-archive-s3/backup-catalog";
import type { PublicKey } from "@backuppc-archive-s3/gpg";
import type { ObjectStore, Presigner, Requester } from "@backuppc-archive-s3/s3-transport";
import type { HostState } from "./state/host-state.ts";

/** What is archived, and when. */
interface Schedule {
  /** Names of hosts, or patterns of them; all unless there are some. */
  readonly hosts: readonly string[];
  readonly excludeHosts: readonly string[];
  /** Seconds from one archive of a host to the next. */
  readonly every: number;
  readonly backupType: "any" | "full";
  /** archive-host's working directory. */
  readonly stateDirectory: string;
}

/** An archive that is open, with what belongs to the bucket that it is in. */
export interface SiteArchive extends ReadableArchive {
  readonly bucket: string;
  readonly presigner: Presigner;
}

/** The store that the configuration names, as commands need it. */
export interface Site {
  /** For people: `s3://bucket/prefix`. */
  readonly name: string;
  readonly schedule: Schedule;
  /** The configuration's; undefined where nobody wants metrics. */
  readonly metricsFile: string | undefined;
  /** The hosts that are to be archived and have a backup, by name; undefined where BackupPC is elsewhere, or answers another user alone. */
  hostsToArchive(): Promise<readonly string[] | undefined>;
  /** Legacy archives are among the others. Deleted archives are in no list. */
  readonly catalog: Catalog;
  /** Opens an archive of either program. Throws as `Catalog.openArchive`. */
  open(id: ArchiveId): Promise<SiteArchive>;
  /**
   * Hosts without any archive of our own, though archive-host's chunk indexes, where they are on this machine, know one that
   * must still be there. Deleted archives count as there.
   *
   * @param listed hosts that need not be looked for
   */
  vanishedHosts(listed: ReadonlySet<string>): Promise<readonly string[]>;
  /** archive-host's working directory, where it is on this machine; results of drills are kept there. */
  readonly stateDirectory: string;
  /** Of the authority that has signed the store's certificate, where it is none that everyone knows. */
  readonly caFile?: string;
  readonly store: ObjectStore;
  /** Puts new data keys beside archives. */
  readonly writer: ArchiveWriter;
  /** For URLs of a script, by the way that requests to the store take. */
  readonly requester: Requester;
  /** What an archive must satisfy to be believed. @throws {ManagerError | EncryptionError} if a key file cannot be read */
  trust(): Promise<Trust>;
  /** The configuration's; undefined where there is none. @throws {SettingsError} if it cannot be read */
  passphrase(): Promise<string | undefined>;
  /** The first line of a file. @throws {SettingsError} */
  passphraseOf(file: string): Promise<string>;
  /** The public keys that archives are encrypted to. @throws {EncryptionError} */
  recipients(): Promise<readonly PublicKey[]>;
  /** Takes archive-host's lock of the host, where its working directory is on this machine. */
  lockHost(host: string): Promise<HostState>;
}
