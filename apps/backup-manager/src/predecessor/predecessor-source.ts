import type { PredecessorArchive, PredecessorCatalog } from "@backuppc-archive-s3/backup-catalog";
import type { ObjectStore, PresignedUrl } from "@backuppc-archive-s3/s3-transport";

/** One of the predecessor's buckets. */
export interface PredecessorBucketSite {
  readonly bucket: string;
  readonly catalog: PredecessorCatalog;
  readonly store: ObjectStore;
  presign(key: string, expire: number): Promise<PresignedUrl>;
}

/** An archive of the predecessor, and the bucket that it is in. */
export interface PredecessorSource {
  readonly archive: PredecessorArchive;
  readonly site: PredecessorBucketSite;
}
