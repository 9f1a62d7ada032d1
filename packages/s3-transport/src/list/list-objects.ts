import type { ListObjectsV2CommandOutput, S3Client } from "@aws-sdk/client-s3";
import { checkList } from "../check/check-call.ts";
import { requestOptions } from "../client/request-options.ts";
import { failureOf } from "../failure/store-failure.ts";
import type { ListOptions, StoredObject } from "../object-store.ts";
import type { S3Location } from "../s3-location.ts";
import { ListGuard } from "./list-guard.ts";
import { readEntry } from "./read-entry.ts";

/** Lists page by page: 1,000 keys a request. */
export async function* listObjects(
  connect: () => Promise<S3Client>,
  location: S3Location,
  prefix: string,
  options: ListOptions = {},
): AsyncGenerator<StoredObject> {
  checkList(prefix, options);
  const { ListObjectsV2Command } = await import("../client/sdk.ts");
  const client = await connect();
  const input = { Bucket: location.bucket, Prefix: prefix, EncodingType: "url" as const };
  const guard = new ListGuard(location, prefix, options);
  let place: { StartAfter?: string; ContinuationToken?: string } | undefined = startOf(options);
  while (place !== undefined) {
    const command = new ListObjectsV2Command({ ...input, ...place });
    const page: ListObjectsV2CommandOutput = await client
      .send(command, requestOptions(options))
      .catch((error: unknown) => {
        throw failureOf(error, `listing ${prefix}`, location, options.signal);
      });
    const objects = objectsOf(page, guard);
    const keys = objects.map(({ key }) => key);
    guard.checkPrefix(page);
    const { IsTruncated, NextContinuationToken: following } = page;
    // There is more wherever a next page is named: what is neither true nor false is read as false.
    const truncated = IsTruncated === undefined ? undefined : IsTruncated || Boolean(following);
    const next = guard.check({ truncated, keys, next: following });
    yield* objects;
    place = next === undefined ? undefined : { ContinuationToken: next };
  }
}

function startOf({ after }: ListOptions): { StartAfter?: string } {
  return after === undefined ? {} : { StartAfter: after };
}

function objectsOf(
  { Contents = [], EncodingType }: ListObjectsV2CommandOutput,
  guard: ListGuard,
): StoredObject[] {
  return Contents.map((entry) => {
    const object = readEntry(entry, EncodingType);
    if (object === undefined) throw guard.unreadable();
    return object;
  });
}
