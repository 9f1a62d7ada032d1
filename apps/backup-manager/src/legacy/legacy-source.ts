import {
  type ArchiveId,
  LEGACY_ATTEMPT,
  type LegacyArchive,
  type LegacyCatalog,
} from "@backuppc-archive-s3/backup-catalog";
import type { ObjectStore, Presigner } from "@backuppc-archive-s3/s3-transport";

/** One of the Python program's buckets. */
export interface LegacyBucketSite {
  readonly bucket: string;
  readonly catalog: LegacyCatalog;
  readonly store: ObjectStore;
  readonly presigner: Presigner;
}

/** A legacy archive, and the bucket that it is in. */
export interface LegacySource {
  readonly archive: LegacyArchive;
  readonly site: LegacyBucketSite;
}

/** Whether it is a legacy archive, by the attempt that lists give it: no attempt of ours is called so. */
export function isLegacy({ attempt }: Pick<ArchiveId, "attempt">): boolean {
  return attempt === LEGACY_ATTEMPT || attempt.startsWith(`${LEGACY_ATTEMPT}@`);
}
