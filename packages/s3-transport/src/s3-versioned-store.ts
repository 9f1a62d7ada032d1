import type { BucketInspector } from "./bucket/bucket-inspector.ts";
import { bucketProtection } from "./bucket/bucket-protection.ts";
import type { Connect } from "./client/connector.ts";
import { objectDeleter } from "./delete/delete-objects.ts";
import { listVersions } from "./list/list-versions.ts";
import type { S3Location } from "./s3-location.ts";
import type { VersionedStore } from "./versioned-store.ts";

/** The versions of a bucket in S3. */
export function s3Versions(
  connect: Connect,
  location: S3Location,
  bucket: BucketInspector,
): VersionedStore {
  return {
    protection: async (options) => await bucketProtection(bucket, options),
    listVersions: (prefix, options) => listVersions(connect, location, prefix, options),
    deleteVersions: objectDeleter(connect, location),
  };
}
