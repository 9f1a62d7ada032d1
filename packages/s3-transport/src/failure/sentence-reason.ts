import type { StoreErrorReason } from "../store-error.ts";
import type { ReadFailure } from "./read-failure.ts";

/** Where only the store's own sentence says what is wrong: the name says AccessDenied or InvalidRequest. */
export function sentenceReason({ reason, status }: ReadFailure): StoreErrorReason | undefined {
  if (status === undefined || status < 400) return undefined;
  return SENTENCES.find(([pattern]) => pattern.test(reason))?.[1];
}

const SENTENCES: readonly (readonly [RegExp, StoreErrorReason])[] = [
  // Backblaze B2: "Cannot upload files, storage cap exceeded. See the Caps & Alerts page to increase your cap."
  [/\b(?:cap|quota)\b.*\bexceeded\b/i, "full"],
  // AWS, of a bucket with a default retention: "Content-MD5 OR x-amz-checksum- HTTP header is required for Put
  // Object requests with Object Lock parameters"
  [/Content-MD5 .*Object Lock/i, "object-lock"],
  // AWS and MinIO: "Bucket is missing Object Lock Configuration"; Ceph: "bucket object lock not configured".
  [/missing ?object ?lock|object lock not configured/i, "no-object-lock"],
  // AWS: "User: … is not authorized to perform: kms:GenerateDataKey on resource: …"
  [/\bkms:(?:GenerateDataKey|Encrypt|Decrypt)\b/, "kms-key"],
];
