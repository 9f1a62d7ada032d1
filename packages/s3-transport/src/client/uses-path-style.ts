import type { S3Location } from "../s3-location.ts";

/** Under TLS, no certificate covers the dots of a bucket before the endpoint's name. */
export function usesPathStyle({ bucket, forcePathStyle = false }: S3Location): boolean {
  return forcePathStyle || bucket.includes(".");
}
