import { demand } from "../check/demand.ts";
import type { Connect } from "../client/connector.ts";
import { addContentMd5 } from "../client/content-md5.ts";
import { requestOptions } from "../client/request-options.ts";
import { failureOf } from "../failure/store-failure.ts";
import type { S3Location } from "../s3-location.ts";
import type { LockExtender } from "./lock-extender.ts";

/** Extends locks in S3: one PutObjectRetention each. */
export function s3Locks(connect: Connect, location: S3Location): LockExtender {
  const { bucket, objectLock } = location;
  return {
    async extend({ key, versionId }, until, options = {}) {
      demand(objectLock !== undefined, "The location has no objectLock.");
      const { PutObjectRetentionCommand } = await import("../client/sdk.ts");
      const command = new PutObjectRetentionCommand({
        Bucket: bucket,
        Key: key,
        VersionId: versionId,
        Retention: { Mode: objectLock?.mode, RetainUntilDate: until },
      });
      addContentMd5(command);
      const client = await connect();
      try {
        await client.send(command, requestOptions(options));
      } catch (error) {
        throw failureOf(error, `extending the lock of ${key}`, location, options.signal);
      }
    },
  };
}
