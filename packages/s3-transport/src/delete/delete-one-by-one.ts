import type { S3Client } from "@aws-sdk/client-s3";
import { requestOptions } from "../client/request-options.ts";
import { failureOf } from "../failure/store-failure.ts";
import type { CallOptions, DeleteFailure } from "../object-store.ts";
import type { S3Location } from "../s3-location.ts";
import { StoreError } from "../store-error.ts";

/** Deletes each by a request of its own, as many at a time as there are connections. */
export async function deleteOneByOne(
  client: S3Client,
  location: S3Location,
  names: readonly DeleteName[],
  options: CallOptions,
): Promise<DeleteFailure[]> {
  const failures: DeleteFailure[] = [];
  const { connections = 4 } = location;
  for (let at = 0; at < names.length; at += connections) {
    const some = names.slice(at, at + connections);
    const answers = some.map((name) => deleteOne(client, location, name, options));
    for (const failure of await Promise.all(answers)) failures.push(...failure);
  }
  return failures;
}

async function deleteOne(
  client: S3Client,
  location: S3Location,
  { key, version }: DeleteName,
  options: CallOptions,
): Promise<DeleteFailure[]> {
  const { DeleteObjectCommand } = await import("../client/sdk.ts");
  const command = new DeleteObjectCommand({
    Bucket: location.bucket,
    Key: key,
    ...(version !== undefined && { VersionId: version }),
  });
  try {
    await client.send(command, requestOptions(options));
    return [];
  } catch (error) {
    const failure = failureOf(error, `deleting ${key}`, location, options.signal);
    if (!(failure instanceof StoreError)) throw failure;
    if (failure.code === "not-found") return [];
    // It concerns this object; what concerns the store ends the whole call.
    if (failure.code === "denied") return [{ key, reason: failure.message }];
    throw failure;
  }
}

/** What to delete: an object, or one version of it. */
export interface DeleteName {
  readonly key: string;
  readonly version?: string;
}
