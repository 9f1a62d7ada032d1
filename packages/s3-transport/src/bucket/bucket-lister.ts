import type { S3Client } from "@aws-sdk/client-s3";
import { createS3Client } from "../client/s3-client.ts";
import { failureOf } from "../failure/store-failure.ts";
import type { CallOptions } from "../object-store.ts";
import type { S3Location } from "../s3-location.ts";

/** Finds buckets: an interface of its own, since it needs a right that nothing else does (ListAllMyBuckets). */
export interface BucketLister {
  /** The names of all buckets of this account. May be called again. @throws {StoreError} */
  listBuckets(options?: CallOptions): Promise<readonly string[]>;
}

/** The buckets that the credentials own. The SDK is loaded when the first call needs it. */
export function createS3BucketLister(place: Omit<S3Location, "bucket">): BucketLister {
  const location = { ...place, bucket: ALL };
  let client: Promise<S3Client> | undefined;
  return {
    async listBuckets({ signal } = {}) {
      const { ListBucketsCommand } = await import("@aws-sdk/client-s3");
      client ??= createS3Client(location);
      const s3 = await client;
      try {
        const abort = signal === undefined ? {} : { abortSignal: signal };
        const { Buckets = [] } = await s3.send(new ListBucketsCommand({}), abort);
        return Buckets.flatMap(({ Name }) => (Name === undefined ? [] : [Name]));
      } catch (error) {
        throw failureOf(error, "listing the buckets", location, signal);
      }
    },
  };
}

/** For messages: no request names it. */
const ALL = "*";
