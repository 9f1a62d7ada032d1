import type { S3Client } from "@aws-sdk/client-s3";
import type { S3Location } from "../s3-location.ts";
import { createS3Client } from "./s3-client.ts";

/** One client, made by the first call that needs it: who stores nothing need not load the SDK. */
export function connector(location: S3Location): () => Promise<S3Client> {
  let client: Promise<S3Client> | undefined;
  return () => (client ??= createS3Client(location));
}
