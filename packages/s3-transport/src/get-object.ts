import { Readable } from "node:stream";
import type { S3Client } from "@aws-sdk/client-s3";
import { checkGet } from "./check/check-call.ts";
import { requestOptions } from "./client/request-options.ts";
import { failureOf } from "./failure/store-failure.ts";
import { unconfirmed } from "./failure/unconfirmed.ts";
import type { GetOptions } from "./object-store.ts";
import { storesTag } from "./put/entity-tag.ts";
import type { S3Location } from "./s3-location.ts";

/** The bytes of an object, or of one version of it, as they arrive. */
export async function getObject(
  connect: () => Promise<S3Client>,
  location: S3Location,
  key: string,
  options: GetOptions = {},
): Promise<AsyncIterable<Uint8Array>> {
  checkGet(key, options);
  const { GetObjectCommand } = await import("./client/sdk.ts");
  const { versionId, from = 0 } = options;
  const command = new GetObjectCommand({
    Bucket: location.bucket,
    Key: key,
    ...(versionId !== undefined && { VersionId: versionId }),
    ...(from > 0 && { Range: `bytes=${from}-` }),
  });
  const doing = `reading ${key}`;
  const failure = (error: unknown): unknown => failureOf(error, doing, location, options.signal);
  const client = await connect();
  const answer = await client.send(command, requestOptions(options)).catch((error: unknown) => {
    throw failure(error);
  });
  const { Body, ETag, $metadata } = answer;
  if (storesTag(ETag, location) === undefined) {
    if (Body instanceof Readable) Body.destroy();
    throw unconfirmed(doing, "the answer had no store's ETag", location);
  }
  // A store that knows no ranges sends all of it.
  return bytesOf(Body, $metadata.httpStatusCode === 206 ? 0 : from, failure);
}

async function* bytesOf(
  body: unknown,
  skip: number,
  failure: (error: unknown) => unknown,
): AsyncGenerator<Uint8Array> {
  if (!(body instanceof Readable)) return;
  let left = skip;
  try {
    for await (const bytes of body) {
      if (!(bytes instanceof Uint8Array)) continue;
      const rest = bytes.subarray(left);
      left = Math.max(0, left - bytes.length);
      if (rest.length > 0) yield rest;
    }
  } catch (error) {
    throw failure(error);
  }
}
