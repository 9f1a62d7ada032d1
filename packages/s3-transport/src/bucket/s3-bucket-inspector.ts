import { createHash } from "node:crypto";
import type { S3Client } from "@aws-sdk/client-s3";
import { createS3Client } from "../client/s3-client.ts";
import { isErrorOf } from "../failure/is-error-of.ts";
import { failureOf } from "../failure/store-failure.ts";
import type { S3Location } from "../s3-location.ts";
import type {
  BucketAnswer,
  BucketInspector,
  DefaultLock,
  LifecycleRule,
} from "./bucket-inspector.ts";

/** The SDK is loaded when the first call needs it. */
export function createBucketInspector(location: S3Location): BucketInspector {
  let client: Promise<S3Client> | undefined;
  const connect = (): Promise<S3Client> => (client ??= createS3Client(location));
  const asked = async <T>(what: string, ask: (s3: S3Client) => Promise<T>): Promise<T> => {
    try {
      return await ask(await connect());
    } catch (error) {
      throw failureOf(error, `asking for ${what}`, location, undefined);
    }
  };
  const bucket = { Bucket: location.bucket };
  return {
    answer: async () => await asked("the bucket", async (s3) => await readAnswer(s3, bucket)),
    versioning: async () =>
      await asked("versioning", async (s3) => {
        const { GetBucketVersioningCommand } = await import("@aws-sdk/client-s3");
        const { Status } = await s3.send(new GetBucketVersioningCommand(bucket));
        if (Status === undefined) return "off";
        return Status === "Enabled" ? "on" : "suspended";
      }),
    objectLock: async () =>
      await asked("object lock", async (s3) => await readObjectLock(s3, bucket)),
    lifecycle: async () =>
      await asked("lifecycle rules", async (s3) => await readLifecycle(s3, bucket)),
    checksums: async (key) =>
      await asked("checksums", async (s3) => await tryWrongChecksum(s3, { ...bucket, Key: key })),
  };
}

async function readAnswer(s3: S3Client, bucket: { Bucket: string }): Promise<BucketAnswer> {
  const { HeadBucketCommand } = await import("@aws-sdk/client-s3");
  const command = new HeadBucketCommand(bucket);
  let answer: BucketAnswer | undefined;
  // Nearer to the line than the SDK's own reading of it, which throws at a refusal.
  command.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      answer = answerIn(result.response);
      return result;
    },
    { step: "deserialize", priority: "low", name: "readAnswer" },
  );
  await s3.send(command).catch((error: unknown) => {
    if (answer === undefined) throw error;
  });
  return answer ?? { clockAhead: undefined, region: undefined };
}

function answerIn(response: unknown): BucketAnswer {
  if (typeof response !== "object" || response === null || !("headers" in response))
    return { clockAhead: undefined, region: undefined };
  const headers = new Headers(Object(response.headers));
  const time = Date.parse(headers.get("date") ?? "");
  const region = headers.get("x-amz-bucket-region") ?? undefined;
  return { clockAhead: Number.isNaN(time) ? undefined : time - Date.now(), region };
}

async function readObjectLock(
  s3: S3Client,
  bucket: { Bucket: string },
): Promise<DefaultLock | undefined> {
  const { GetObjectLockConfigurationCommand } = await import("@aws-sdk/client-s3");
  const { ObjectLockConfiguration: lock } = await s3
    .send(new GetObjectLockConfigurationCommand(bucket))
    .catch((error: unknown) => {
      if (isErrorOf(error, "ObjectLockConfigurationNotFoundError"))
        return { ObjectLockConfiguration: undefined };
      throw error;
    });
  if (lock?.ObjectLockEnabled !== "Enabled") return undefined;
  const { Mode: mode, Days: days, Years: years } = lock.Rule?.DefaultRetention ?? {};
  return { mode, days: days ?? (years === undefined ? undefined : years * 365) };
}

async function readLifecycle(s3: S3Client, bucket: { Bucket: string }): Promise<LifecycleRule[]> {
  const { GetBucketLifecycleConfigurationCommand } = await import("@aws-sdk/client-s3");
  const { Rules = [] } = await s3
    .send(new GetBucketLifecycleConfigurationCommand(bucket))
    .catch((error: unknown) => {
      if (isErrorOf(error, "NoSuchLifecycleConfiguration")) return { Rules: [] };
      throw error;
    });
  return Rules.filter(({ Status }) => Status === "Enabled").map((rule) => ({
    prefix: rule.Filter?.Prefix ?? rule.Filter?.And?.Prefix ?? "",
    expiresAfter: rule.Expiration?.Days,
    dropsUploadsAfter: rule.AbortIncompleteMultipartUpload?.DaysAfterInitiation,
    movesTo: rule.Transitions?.[0]?.StorageClass,
  }));
}

async function tryWrongChecksum(
  s3: S3Client,
  object: { Bucket: string; Key: string },
): Promise<"checked" | "ignored"> {
  const { PutObjectCommand } = await import("@aws-sdk/client-s3");
  const wrong = createHash("sha256").update("another body").digest("base64");
  const command = new PutObjectCommand({
    ...object,
    Body: "body",
    ChecksumAlgorithm: "SHA256",
    ChecksumSHA256: wrong,
  });
  try {
    await s3.send(command);
    return "ignored";
  } catch (error) {
    if (REFUSALS.some((name) => isErrorOf(error, name))) return "checked";
    throw error;
  }
}

/** How stores refuse a body that has another checksum. */
const REFUSALS = ["BadDigest", "XAmzContentChecksumMismatch", "InvalidRequest", "InvalidDigest"];
