import { Readable } from "node:stream";
import type { S3Client } from "@aws-sdk/client-s3";
import { requestOptions } from "./client/request-options.ts";
import { failureOf } from "./failure/store-failure.ts";
import type { GetOptions } from "./object-store.ts";
import type { S3Location } from "./s3-location.ts";

/** The bytes of an object, or of one version of it, as they arrive. */
export async function getObject(
  connect: () => Promise<S3Client>,
  location: S3Location,
  key: string,
  options: GetOptions = {},
): Promise<AsyncIterable<Uint8Array>> {
  const { GetObjectCommand } = await import("@aws-sdk/client-s3");
  const { versionId } = options;
  const version = versionId === undefined ? {} : { VersionId: versionId };
  const command = new GetObjectCommand({ Bucket: location.bucket, Key: key, ...version });
  const failure = (error: unknown): unknown =>
    failureOf(error, `reading ${key}`, location, options.signal);
  const client = await connect();
  const answer = await client.send(command, requestOptions(options)).catch((error: unknown) => {
    throw failure(error);
  });
  return bytesOf(answer.Body, failure);
}

async function* bytesOf(
  body: unknown,
  failure: (error: unknown) => unknown,
): AsyncGenerator<Uint8Array> {
  if (!(body instanceof Readable)) return;
  try {
    yield* body;
  } catch (error) {
    throw failure(error);
  }
}
