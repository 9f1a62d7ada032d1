import {
  type ArchiveId,
  LEGACY_ATTEMPT,
  type LegacyCatalog,
} from "@backuppc-archive-s3/backup-catalog";
import type { Presigner } from "@backuppc-archive-s3/s3-transport";

/** One of the Python program's buckets. */
export interface LegacyBucketSite {
  readonly bucket: string;
  readonly catalog: LegacyCatalog;
  readonly presigner: Presigner;
}

/** Whether it is a legacy archive, by the attempt that lists give it: no attempt of ours is called so. */
export function isLegacy({ attempt }: Pick<ArchiveId, "attempt">): boolean {
  return attempt === LEGACY_ATTEMPT || attempt.startsWith(`${LEGACY_ATTEMPT}@`);
}
