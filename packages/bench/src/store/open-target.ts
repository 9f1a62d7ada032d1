import { createS3, type ObjectStore } from "@backuppc-archive-s3/s3-transport";
import type { Target } from "./target.ts";

/** Its objects, to be listed and read. */
export function openTarget(target: Target): ObjectStore {
  const { endpoint, region, bucket, accessKeyId, secretAccessKey } = target;
  return createS3({ endpoint, region, bucket, credentials: { accessKeyId, secretAccessKey } })
    .store;
}
