import type { S3Client } from "@aws-sdk/client-s3";
import { checkLocation } from "../check/check-location.ts";
import type { S3Location } from "../s3-location.ts";
import { createS3Client } from "./s3-client.ts";

/**
 * One client, made by the first call that needs it: who stores nothing need not load the SDK.
 *
 * @param prepare adds to the client, once
 * @throws {StoreError} code `invalid-input`
 */
export function connector(
  location: S3Location,
  prepare: (client: S3Client) => void = () => {},
): () => Promise<S3Client> {
  checkLocation(location);
  let client: Promise<S3Client> | undefined;
  const connect = async (): Promise<S3Client> => {
    const made = await createS3Client(location);
    prepare(made);
    return made;
  };
  return () => (client ??= connect());
}
