import { openLegacyCatalog, legacyBuckets } from "@backuppc-archive-s3/backup-catalog";
import {
  createS3,
  type RetryOptions,
  type S3Location,
  StoreError,
  withBucketRetry,
  withRetry,
} from "@backuppc-archive-s3/s3-transport";
import type { LegacyBucketSite } from "./legacy-bucket-site.ts";

/**
 * The Python program's buckets of this account. None if the access key may not
 * list buckets, a right that only people with such archives need to give.
 */
export async function findLegacyBuckets(
  location: S3Location,
  retries: RetryOptions,
): Promise<LegacyBucketSite[]> {
  const names = await listBuckets(location, retries);
  return legacyBuckets(names).map(({ bucket, host }) => {
    const place = { ...location, bucket };
    const s3 = createS3(place);
    const store = withRetry(s3.store, retries);
    return {
      bucket,
      catalog: openLegacyCatalog(store, { host }),
      presigner: s3.presigner,
    };
  });
}

async function listBuckets(
  location: S3Location,
  retries: RetryOptions,
): Promise<readonly string[]> {
  try {
    return await withBucketRetry(createS3(location).buckets, retries).listBuckets();
  } catch (error) {
    if (error instanceof StoreError && error.permanent) return [];
    throw error;
  }
}
