import type { S3Client } from "@aws-sdk/client-s3";
import type { Connect } from "../client/connector.ts";
import { requestOptions } from "../client/request-options.ts";
import { failureOf } from "../failure/store-failure.ts";
import type { CallOptions } from "../object-store.ts";
import type { S3Location } from "../s3-location.ts";
import type { BucketInspector } from "./bucket-inspector.ts";
import { readAnswer } from "./read-answer.ts";
import { readLifecycle, readObjectLock, readVersioning } from "./read-settings.ts";
import { tryWrongChecksum } from "./try-wrong-checksum.ts";

/** The settings of a bucket in S3. */
export function s3Inspector(connect: Connect, location: S3Location): BucketInspector {
  const bucket = { Bucket: location.bucket };
  const asking =
    <Answer>(what: string, ask: Ask<Answer>) =>
    async (options: CallOptions = {}): Promise<Answer> => {
      try {
        return await ask(await connect(), bucket, requestOptions(options));
      } catch (error) {
        throw failureOf(error, `asking for ${what}`, location, options.signal);
      }
    };
  return {
    answer: asking("the bucket", readAnswer),
    versioning: asking("versioning", readVersioning),
    objectLock: asking("object lock", readObjectLock),
    lifecycle: asking("lifecycle rules", readLifecycle),
    async checksums(key, options) {
      const object = { ...bucket, Key: key };
      const ask = asking("checksums", (s3, _, request) => tryWrongChecksum(s3, object, request));
      return await ask(options);
    },
  };
}

type Ask<Answer> = (
  s3: S3Client,
  bucket: { readonly Bucket: string },
  request: { readonly abortSignal?: AbortSignal },
) => Promise<Answer>;
