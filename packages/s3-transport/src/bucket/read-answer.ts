import type { S3Client } from "@aws-sdk/client-s3";
import { answerHeaders } from "../client/answer-headers.ts";
import type { BucketAnswer } from "./bucket-inspector.ts";

/** Asks for the bucket, and reads the head of whatever answer comes. */
export async function readAnswer(
  s3: S3Client,
  bucket: { readonly Bucket: string },
  request: { readonly abortSignal?: AbortSignal },
): Promise<BucketAnswer> {
  const { HeadBucketCommand } = await import("../client/sdk.ts");
  const command = new HeadBucketCommand(bucket);
  let answer: BucketAnswer | undefined;
  // Nearer to the line than the SDK's own reading of it, which throws at a refusal.
  command.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      answer = answerIn(result);
      return result;
    },
    { step: "deserialize", priority: "low", name: "readAnswer" },
  );
  await s3.send(command, request).catch((error: unknown) => {
    if (answer === undefined) throw error;
  });
  return answer ?? { clockAheadMs: undefined, region: undefined };
}

function answerIn(result: object): BucketAnswer {
  const headers = answerHeaders(result);
  const time = Date.parse(headers.get("date") ?? "");
  const region = headers.get("x-amz-bucket-region") ?? undefined;
  return { clockAheadMs: Number.isNaN(time) ? undefined : time - Date.now(), region };
}
