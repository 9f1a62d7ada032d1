import type { S3Client } from "@aws-sdk/client-s3";
import { isErrorOf } from "../failure/read-failure.ts";
import type { BucketInspector, DefaultLock, LifecycleRule } from "./bucket-inspector.ts";

interface Bucket {
  readonly Bucket: string;
}

interface Request {
  readonly abortSignal?: AbortSignal;
}

export async function readVersioning(
  s3: S3Client,
  bucket: Bucket,
  request: Request,
): ReturnType<BucketInspector["versioning"]> {
  const { GetBucketVersioningCommand } = await import("../client/sdk.ts");
  const { Status } = await s3.send(new GetBucketVersioningCommand(bucket), request);
  if (Status === "Enabled") return "enabled";
  return Status === "Suspended" ? "suspended" : "off";
}

export async function readObjectLock(
  s3: S3Client,
  bucket: Bucket,
  request: Request,
): Promise<DefaultLock | undefined> {
  const { GetObjectLockConfigurationCommand } = await import("../client/sdk.ts");
  const { ObjectLockConfiguration: lock } = await s3
    .send(new GetObjectLockConfigurationCommand(bucket), request)
    .catch((error: unknown) => {
      if (isErrorOf(error, "ObjectLockConfigurationNotFoundError"))
        return { ObjectLockConfiguration: undefined };
      throw error;
    });
  if (lock?.ObjectLockEnabled !== "Enabled") return undefined;
  const { Mode: mode, Days: days, Years: years } = lock.Rule?.DefaultRetention ?? {};
  return { mode, days: days ?? (years === undefined ? undefined : years * 365) };
}

export async function readLifecycle(
  s3: S3Client,
  bucket: Bucket,
  request: Request,
): Promise<LifecycleRule[]> {
  const { GetBucketLifecycleConfigurationCommand } = await import("../client/sdk.ts");
  const { Rules = [] } = await s3
    .send(new GetBucketLifecycleConfigurationCommand(bucket), request)
    .catch((error: unknown) => {
      if (isErrorOf(error, "NoSuchLifecycleConfiguration")) return { Rules: [] };
      throw error;
    });
  return Rules.filter(({ Status }) => Status === "Enabled").map((rule) => ({
    prefix: rule.Filter?.Prefix ?? rule.Filter?.And?.Prefix ?? "",
    expiresAfterDays: rule.Expiration?.Days,
    dropsUploadsAfterDays: rule.AbortIncompleteMultipartUpload?.DaysAfterInitiation,
    movesTo: rule.Transitions?.[0]?.StorageClass,
  }));
}
