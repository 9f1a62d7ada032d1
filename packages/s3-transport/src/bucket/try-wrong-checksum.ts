import { createHash } from "node:crypto";
import type { S3Client } from "@aws-sdk/client-s3";
import { isErrorOf } from "../failure/read-failure.ts";

/** Puts an object with the checksum of another body: who looks at it refuses it. */
export async function tryWrongChecksum(
  s3: S3Client,
  object: { readonly Bucket: string; readonly Key: string },
  request: { readonly abortSignal?: AbortSignal },
): Promise<"checked" | "ignored"> {
  const { PutObjectCommand } = await import("../client/sdk.ts");
  const wrong = createHash("sha256").update("another body").digest("base64");
  const command = new PutObjectCommand({
    ...object,
    Body: "body",
    ChecksumAlgorithm: "SHA256",
    ChecksumSHA256: wrong,
  });
  try {
    await s3.send(command, request);
    return "ignored";
  } catch (error) {
    if (REFUSALS.some((name) => isErrorOf(error, name))) return "checked";
    throw error;
  }
}

/** How stores refuse a body that has another checksum. */
const REFUSALS = ["BadDigest", "XAmzContentChecksumMismatch", "InvalidRequest", "InvalidDigest"];
