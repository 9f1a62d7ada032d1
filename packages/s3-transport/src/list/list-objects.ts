import type { S3Client } from "@aws-sdk/client-s3";
import { requestOptions } from "../client/request-options.ts";
import { failureOf } from "../failure/store-failure.ts";
import type { CallOptions, StoredObject } from "../object-store.ts";
import type { S3Location } from "../s3-location.ts";
import { decodeKey } from "./decode-key.ts";

/** Lists page by page: 1,000 keys a request. */
export async function* listObjects(
  connect: () => Promise<S3Client>,
  location: S3Location,
  prefix: string,
  options: CallOptions = {},
): AsyncGenerator<StoredObject> {
  const { paginateListObjectsV2 } = await import("@aws-sdk/client-s3");
  const input = { Bucket: location.bucket, Prefix: prefix, EncodingType: "url" as const };
  const pages = paginateListObjectsV2({ client: await connect() }, input, requestOptions(options));
  try {
    for await (const { Contents = [] } of pages) {
      for (const { Key = "", Size = 0, LastModified = new Date(0) } of Contents) {
        yield { key: decodeKey(Key), length: Size, modified: LastModified };
      }
    }
  } catch (error) {
    throw failureOf(error, `listing ${prefix}`, location, options.signal);
  }
}
