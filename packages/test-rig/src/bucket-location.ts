/** An S3 store and the keys of a user of it. */
interface StoreUser {
  readonly endpoint: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** A bucket as a client of S3 takes it. */
interface BucketLocation {
  readonly bucket: string;
  readonly endpoint: string;
  readonly region: string;
  readonly forcePathStyle: true;
  readonly credentials: Pick<StoreUser, "accessKeyId" | "secretAccessKey">;
}

/** Where a client of S3 finds a bucket of the store. */
export function bucketLocation(
  { endpoint, region, accessKeyId, secretAccessKey }: StoreUser,
  bucket: string,
): BucketLocation {
  const credentials = { accessKeyId, secretAccessKey };
  return { bucket, endpoint, region, forcePathStyle: true, credentials };
}
