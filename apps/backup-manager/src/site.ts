import type { Catalog } from "@backuppc-archive-s3/backup-catalog";
import type { ObjectStore, PresignedUrl } from "@backuppc-archive-s3/s3-transport";

/** The store that the configuration names, as commands need it. */
export interface Site {
  /** For people: `s3://bucket/prefix`. */
  readonly name: string;
  readonly catalog: Catalog;
  readonly store: ObjectStore;
  /** A URL that gives the object to anyone. @param expire seconds that are asked for; it may become less */
  presign(key: string, expire: number): Promise<PresignedUrl>;
  /** The configuration's; undefined where there is none. @throws {SettingsError} if it can't be read */
  passphrase(): Promise<string | undefined>;
}
