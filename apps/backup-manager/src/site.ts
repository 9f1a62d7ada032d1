import type { ArchiveId, Catalog } from "@backuppc-archive-s3/backup-catalog";
import type { ObjectStore, PresignedUrl } from "@backuppc-archive-s3/s3-transport";
import type { PredecessorSource } from "./predecessor/predecessor-source.ts";

/** The store that the configuration names, as commands need it. */
export interface Site {
  /** For people: `s3://bucket/prefix`. */
  readonly name: string;
  /** The predecessor's archives are among the others. */
  readonly catalog: Catalog;
  /** Where an archive that a list has told of comes from; undefined for one of our own. */
  predecessorOf(id: ArchiveId): PredecessorSource | undefined;
  readonly store: ObjectStore;
  /** A URL that gives the object to anyone. @param expire seconds that are asked for; it may become less */
  presign(key: string, expire: number): Promise<PresignedUrl>;
  /** The configuration's; undefined where there is none. @throws {SettingsError} if it can't be read */
  passphrase(): Promise<string | undefined>;
}
