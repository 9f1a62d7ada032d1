import type { ObjectBody, PutOptions } from "../object-store.ts";
import type { S3Location } from "../s3-location.ts";

export type Headers = Readonly<Record<string, string>>;

const DAY = 86_400_000;
/** Bytes of a body from which the store is asked first whether it wants it: a round trip costs less then. */
const ASK_FIRST = 1_048_576;

/** The headers of one PUT, but for its signature. @param options `now`: when a lock's days begin */
export function putHeaders(
  body: ObjectBody,
  location: S3Location,
  options: PutOptions & { readonly now: Date },
): Headers {
  const { onlyIfAbsent = false, contentType = "application/octet-stream", storageClass } = options;
  const { length } = body.bytes;
  const { askFirst = true } = location;
  return {
    "content-length": String(length),
    "content-type": contentType,
    // Signed, so that every store that checks signatures checks what arrived.
    "x-amz-content-sha256": body.sha256,
    "user-agent": "backuppc-archive-s3",
    ...(askFirst && length >= ASK_FIRST && { Expect: "100-continue" }),
    ...(onlyIfAbsent && { "if-none-match": "*" }),
    ...(body.md5 !== undefined && { "content-md5": base64(body.md5) }),
    ...(storageClass !== undefined && { "x-amz-storage-class": storageClass }),
    ...checksum(body, location),
    ...lock(location, options.lockUntil, options.now),
    ...storageRules(location),
  };
}

/** Both: a store may take the digest alone unchecked. */
function checksum({ sha256 }: ObjectBody, location: S3Location): Headers {
  if (location.checksum !== "sha256") return {};
  return { "x-amz-sdk-checksum-algorithm": "SHA256", "x-amz-checksum-sha256": base64(sha256) };
}

function lock({ objectLock }: S3Location, lockUntil: Date | undefined, now: Date): Headers {
  if (objectLock === undefined) return {};
  const until = lockUntil ?? new Date(now.getTime() + objectLock.days * DAY);
  return {
    "x-amz-object-lock-mode": objectLock.mode,
    "x-amz-object-lock-retain-until-date": until.toISOString(),
  };
}

function storageRules({ serverSideEncryption, kmsKeyId, tags }: S3Location): Headers {
  return {
    ...(serverSideEncryption !== undefined && {
      "x-amz-server-side-encryption": serverSideEncryption,
    }),
    ...(kmsKeyId !== undefined && { "x-amz-server-side-encryption-aws-kms-key-id": kmsKeyId }),
    ...(tags !== undefined && { "x-amz-tagging": tagging(tags) }),
  };
}

/** With `%20` for a space: Ceph RGW takes `+` as it is. */
function tagging(tags: Readonly<Record<string, string>>): string {
  return Object.entries(tags)
    .map((tag) => tag.map(encodeURIComponent).join("="))
    .join("&");
}

function base64(hex: string): string {
  return Buffer.from(hex, "hex").toString("base64");
}
