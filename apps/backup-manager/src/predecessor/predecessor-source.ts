import type { PredecessorArchive, PredecessorCatalog } from "@backuppc-archive-s3/backup-catalog";
import type { ObjectStore, Presigner } from "@backuppc-archive-s3/s3-transport";

/** One of the predecessor's buckets. */
export interface PredecessorBucketSite {
  readonly bucket: string;
  readonly catalog: PredecessorCatalog;
  readonly store: ObjectStore;
  readonly presigner: Presigner;
}

/** An archive of the predecessor, and the bucket that it is in. */
export interface PredecessorSource {
  readonly archive: PredecessorArchive;
  readonly site: PredecessorBucketSite;
}
