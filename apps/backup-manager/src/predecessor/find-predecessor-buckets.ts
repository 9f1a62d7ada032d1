import { openPredecessorCatalog, predecessorBuckets } from "@backuppc-archive-s3/backup-catalog";
import {
  createPresigner,
  createS3BucketLister,
  createS3Store,
  type RetryOptions,
  type S3Location,
  StoreError,
  withRetry,
} from "@backuppc-archive-s3/s3-transport";
import type { PredecessorBucketSite } from "./predecessor-source.ts";

/**
 * The predecessor's buckets of this account. None where the access key may not
 * list buckets, which nothing else needs: who has such archives gives it that right.
 */
export async function findPredecessorBuckets(
  location: S3Location,
  retries: RetryOptions,
): Promise<PredecessorBucketSite[]> {
  const names = await listBuckets(location);
  return predecessorBuckets(names).map(({ bucket, host }) => {
    const place = { ...location, bucket };
    const store = withRetry(createS3Store(place), retries);
    const presigner = createPresigner(place);
    return {
      bucket,
      store,
      catalog: openPredecessorCatalog(store, { host }),
      presign: async (key, expire) => await presigner.presign(key, expire),
    };
  });
}

async function listBuckets(location: S3Location): Promise<readonly string[]> {
  try {
    return await createS3BucketLister(location).listBuckets();
  } catch (error) {
    if (error instanceof StoreError && error.permanent) return [];
    throw error;
  }
}
