import type { S3Client } from "@aws-sdk/client-s3";
import { failureOf } from "../failure/store-failure.ts";
import type { CallOptions, StoredObject } from "../object-store.ts";
import type { S3Location } from "../s3-location.ts";

/** Lists page by page: 1,000 keys a request. */
export async function* listObjects(
  connect: () => Promise<S3Client>,
  location: S3Location,
  prefix: string,
  { signal }: CallOptions = {},
): AsyncGenerator<StoredObject> {
  const { paginateListObjectsV2 } = await import("@aws-sdk/client-s3");
  // Keys may hold what XML can't: they come url-encoded.
  const input = { Bucket: location.bucket, Prefix: prefix, EncodingType: "url" as const };
  const pages = paginateListObjectsV2(
    { client: await connect() },
    input,
    ...(signal === undefined ? [] : [{ abortSignal: signal }]),
  );
  try {
    for await (const { Contents = [] } of pages) {
      for (const { Key = "", Size = 0, LastModified = new Date(0) } of Contents) {
        yield { key: decoded(Key), length: Size, modified: LastModified };
      }
    }
  } catch (error) {
    throw failureOf(error, `listing ${prefix}`, location, signal);
  }
}

function decoded(key: string): string {
  return decodeURIComponent(key.replaceAll("+", " "));
}
