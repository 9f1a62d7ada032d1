import { bucketProtection } from "./bucket/bucket-protection.ts";
import { bucketInspector } from "./bucket/s3-bucket-inspector.ts";
import { connector } from "./client/connector.ts";
import { objectDeleter } from "./delete/delete-objects.ts";
import { listVersions } from "./list/list-versions.ts";
import type { S3Location } from "./s3-location.ts";
import type { VersionedStore } from "./versioned-store.ts";

/**
 * The versions of a bucket in S3. The SDK is loaded when the first call needs it.
 *
 * @example
 * const versions = withVersionRetry(createS3VersionedStore(location));
 * for await (const version of versions.listVersions("old/")) doomed.push(version);
 * const failures = await versions.deleteVersions(doomed);
 */
export function createS3VersionedStore(location: S3Location): VersionedStore {
  const connect = connector(location);
  const bucket = bucketInspector(connect, location);
  return {
    protection: async (options) => await bucketProtection(bucket, options),
    listVersions: (prefix, options) => listVersions(connect, location, prefix, options),
    deleteVersions: objectDeleter(connect, location),
  };
}
