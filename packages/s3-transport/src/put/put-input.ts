import type { PutObjectCommandInput } from "@aws-sdk/client-s3";
import type { ObjectBody, PutOptions } from "../object-store.ts";
import type { S3Location } from "../s3-location.ts";

const DAY = 86_400_000;

/** The headers of one PUT. @param options `now`: when a lock's days begin */
export function putInput(
  key: string,
  body: ObjectBody,
  location: S3Location,
  { onlyIfAbsent = false, contentType, lockUntil, now }: PutOptions & { readonly now: Date },
): PutObjectCommandInput {
  return {
    Bucket: location.bucket,
    Key: key,
    ContentLength: body.bytes.length,
    ...(contentType !== undefined && { ContentType: contentType }),
    ...(onlyIfAbsent && { IfNoneMatch: "*" }),
    ...(body.md5 !== undefined && { ContentMD5: base64(body.md5) }),
    ...checksum(body, location),
    ...lock(location, lockUntil, now),
    ...storageRules(location),
  };
}

/** Both: a store may take the digest alone unchecked. */
function checksum({ sha256 }: ObjectBody, location: S3Location): Partial<PutObjectCommandInput> {
  if (location.checksum !== "sha256") return {};
  return { ChecksumAlgorithm: "SHA256", ChecksumSHA256: base64(sha256) };
}

function lock(
  { objectLock }: S3Location,
  lockUntil: Date | undefined,
  now: Date,
): Partial<PutObjectCommandInput> {
  if (objectLock === undefined) return {};
  const until = lockUntil ?? new Date(now.getTime() + objectLock.days * DAY);
  return { ObjectLockMode: objectLock.mode, ObjectLockRetainUntilDate: until };
}

function storageRules(location: S3Location): Partial<PutObjectCommandInput> {
  const { serverSideEncryption, kmsKeyId, tags } = location;
  return {
    ...(serverSideEncryption !== undefined && { ServerSideEncryption: serverSideEncryption }),
    ...(kmsKeyId !== undefined && { SSEKMSKeyId: kmsKeyId }),
    ...(tags !== undefined && { Tagging: tagging(tags) }),
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
