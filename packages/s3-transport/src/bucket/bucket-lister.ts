import type { Connect } from "../client/connector.ts";
import { requestOptions } from "../client/request-options.ts";
import { failureOf } from "../failure/store-failure.ts";
import { unconfirmed } from "../failure/unconfirmed.ts";
import type { CallOptions } from "../object-store.ts";
import type { S3Location } from "../s3-location.ts";

/** Finds buckets: an interface of its own, since it needs a right that nothing else does (ListAllMyBuckets). */
export interface BucketLister {
  /** The names of all buckets of this account. May be called again. @throws {StoreError} */
  listBuckets(options?: CallOptions): Promise<readonly string[]>;
}

/** The buckets that the credentials own. */
export function s3Buckets(connect: Connect, place: S3Location): BucketLister {
  const location = { ...place, bucket: ALL };
  return {
    async listBuckets(options = {}) {
      const { ListBucketsCommand } = await import("../client/sdk.ts");
      const client = await connect();
      try {
        const command = new ListBucketsCommand({});
        const { Buckets } = await client.send(command, requestOptions(options));
        if (Buckets === undefined) throw unconfirmed(DOING, "the answer was no list", location);
        return Buckets.flatMap(({ Name }) => (Name === undefined ? [] : [Name]));
      } catch (error) {
        throw failureOf(error, DOING, location, options.signal);
      }
    },
  };
}

const DOING = "listing the buckets";

/** For messages: no request names it. */
const ALL = "*";
