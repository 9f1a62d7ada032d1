import type { S3Client } from "@aws-sdk/client-s3";
import { checkKey } from "../check/check-call.ts";
import { demand } from "../check/demand.ts";
import { addContentMd5 } from "../client/content-md5.ts";
import { requestOptions } from "../client/request-options.ts";
import { failureOf } from "../failure/store-failure.ts";
import { unconfirmed } from "../failure/unconfirmed.ts";
import type { CallOptions, DeleteFailure } from "../object-store.ts";
import type { S3Location } from "../s3-location.ts";
import { type DeleteName, deleteOneByOne } from "./delete-one-by-one.ts";
import { refusesBatches } from "./refuses-batches.ts";

/** Keys that one request may name (DeleteObjects). */
const BATCH = 1000;

/**
 * Deletes 1,000 objects a request, and one by one from when a store turns out to refuse that.
 *
 * The state is the deleter's: what a store refuses once, it is not asked again.
 */
export function objectDeleter(
  connect: () => Promise<S3Client>,
  location: S3Location,
): (names: readonly DeleteName[], options?: CallOptions) => Promise<DeleteFailure[]> {
  let takesBatches = true;
  return async (names, options = {}) => {
    demand(Array.isArray(names), "What is to be deleted is no list.");
    for (const { key } of names) checkKey(key);
    const client = await connect();
    const failures: DeleteFailure[] = [];
    for (let at = 0; at < names.length; at += BATCH) {
      const batch = names.slice(at, at + BATCH);
      const answer = takesBatches && (await deleteBatch(client, location, batch, options));
      takesBatches = answer !== false;
      failures.push(...(answer || (await deleteOneByOne(client, location, batch, options))));
    }
    return failures;
  };
}

/** False: the store refuses to delete several at a time. */
async function deleteBatch(
  client: S3Client,
  location: S3Location,
  names: readonly DeleteName[],
  options: CallOptions,
): Promise<DeleteFailure[] | false> {
  const { DeleteObjectsCommand } = await import("../client/sdk.ts");
  const doing = `deleting ${names.length} ${names.length === 1 ? "object" : "objects"}`;
  const objects = names.map(({ key, version }) => ({ Key: key, VersionId: version }));
  const command = new DeleteObjectsCommand({
    Bucket: location.bucket,
    // Else an answer that says nothing would be one that all is well.
    Delete: { Objects: objects, Quiet: false },
  });
  addContentMd5(command);
  try {
    const { Errors = [], Deleted = [] } = await client.send(command, requestOptions(options));
    if (Deleted.length + Errors.length < names.length)
      throw unconfirmed(doing, "the answer does not say what was deleted", location);
    return Errors.map(({ Key = "", Code = "", Message = "" }) => ({
      key: Key,
      reason: Message === "" ? Code : `${Code}: ${Message}`,
    }));
  } catch (error) {
    if (await refusesBatches(error)) return false;
    throw failureOf(error, doing, location, options.signal);
  }
}
