import type { S3Client } from "@aws-sdk/client-s3";
import { bucketProtection } from "./bucket/bucket-protection.ts";
import { createS3Client } from "./client/s3-client.ts";
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
  let client: Promise<S3Client> | undefined;
  const connect = (): Promise<S3Client> => (client ??= createS3Client(location));
  return {
    protection: async (options) => await bucketProtection(connect, location, options),
    listVersions: (prefix, options) => listVersions(connect, location, prefix, options),
    deleteVersions: objectDeleter(connect, location),
  };
}
