import type { GetObjectLockConfigurationCommandOutput, S3Client } from "@aws-sdk/client-s3";
import { failureOf } from "../failure/store-failure.ts";
import type { CallOptions } from "../object-store.ts";
import type { S3Location } from "../s3-location.ts";
import { StoreError, type StoreErrorCode } from "../store-error.ts";
import type { BucketProtection } from "../versioned-store.ts";

/** Asks a bucket for its versioning and its object lock: a request each. */
export async function bucketProtection(
  connect: () => Promise<S3Client>,
  location: S3Location,
  { signal }: CallOptions = {},
): Promise<BucketProtection> {
  const { GetBucketVersioningCommand, GetObjectLockConfigurationCommand } =
    await import("@aws-sdk/client-s3");
  const client = await connect();
  const abort = signal === undefined ? {} : { abortSignal: signal };
  const input = { Bucket: location.bucket };
  const asked = async <T>(ask: () => Promise<T>): Promise<T | StoreErrorCode> =>
    await ask().catch((error: unknown) => {
      const doing = `asking what ${location.bucket} keeps`;
      return untold(failureOf(error, doing, location, signal));
    });
  const versioning = await asked(() => client.send(new GetBucketVersioningCommand(input), abort));
  const lock = await asked(() => client.send(new GetObjectLockConfigurationCommand(input), abort));
  return {
    versioning: typeof versioning === "string" ? "unknown" : versioningOf(versioning.Status),
    objectLock: typeof lock === "string" ? withoutLock(lock) : isLocked(lock),
  };
}

/** A bucket that was made without object lock has no configuration of it. */
function withoutLock(code: StoreErrorCode): BucketProtection["objectLock"] {
  return code === "not-found" ? false : "unknown";
}

function isLocked({ ObjectLockConfiguration }: GetObjectLockConfigurationCommandOutput): boolean {
  return ObjectLockConfiguration?.ObjectLockEnabled === "Enabled";
}

function versioningOf(status: string | undefined): BucketProtection["versioning"] {
  if (status === "Enabled") return "enabled";
  return status === "Suspended" ? "suspended" : "off";
}

const TROUBLES: ReadonlySet<StoreErrorCode> = new Set([
  "no-bucket",
  "bad-credentials",
  "expired-credentials",
  "clock",
]);

/** Many stores know no such question, and many users may not ask it. What else fails is thrown. */
function untold(failure: unknown): StoreErrorCode {
  if (!(failure instanceof StoreError)) throw failure;
  if (!failure.permanent || TROUBLES.has(failure.code)) throw failure;
  return failure.code;
}
