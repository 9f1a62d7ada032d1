import type { S3Client } from "@aws-sdk/client-s3";
import { addressAt } from "../presign/address-at.ts";
import { type BucketAddress, bucketAddress } from "../presign/bucket-address.ts";
import type { S3Credentials, S3Location } from "../s3-location.ts";

/** Where objects are put, and with which keys. */
export interface PutTarget {
  readonly address: BucketAddress;
  readonly region: string;
  /** @param anew the store calls the ones before expired */
  readonly credentials: (anew?: boolean) => Promise<S3Credentials>;
}

/**
 * Where to put. What the location does not say by itself, such as the names of AWS's own endpoints and the keys of the
 * default chain, the SDK finds out; otherwise it is not even loaded.
 */
export async function putTarget(
  location: S3Location,
  connect: () => Promise<S3Client>,
): Promise<PutTarget> {
  const { bucket, region, endpoint, credentials } = location;
  if (endpoint !== undefined && typeof credentials === "object") {
    return { address: addressAt(endpoint, location), region, credentials: async () => credentials };
  }
  const s3 = await connect();
  return {
    address: await bucketAddress(s3, bucket),
    region: await s3.config.region(),
    credentials: async (anew = false) => await s3.config.credentials({ forceRefresh: anew }),
  };
}
