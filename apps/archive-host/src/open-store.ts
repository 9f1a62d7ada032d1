import {
  createS3Store,
  type ObjectStore,
  type S3Location,
  withContentMd5,
  withRetry,
} from "@backuppc-archive-s3/s3-transport";

/** The store that archives go to. What limits uploads belongs inside of the digest, which reads a body once more. */
export function openStore(location: S3Location): ObjectStore {
  const store = withRetry(createS3Store(location));
  const needsMd5 = location.objectLock !== undefined && location.checksum !== "sha256";
  return needsMd5 ? withContentMd5(store) : store;
}
