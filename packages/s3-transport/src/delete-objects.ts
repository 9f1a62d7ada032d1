import type { S3Client } from "@aws-sdk/client-s3";
import { createHash } from "node:crypto";
import type { CallOptions, DeleteFailure } from "./object-store.ts";
import type { S3Location } from "./s3-location.ts";
import { failureOf } from "./store-failure.ts";

/** Keys that one request may name (DeleteObjects). */
const BATCH = 1000;

/** Deletes 1,000 keys a request, with the Content-MD5 that stores ask for (aws-sdk-js-v3#6819). */
export async function deleteObjects(
  connect: () => Promise<S3Client>,
  location: S3Location,
  keys: readonly string[],
  options: CallOptions = {},
): Promise<DeleteFailure[]> {
  const failures: DeleteFailure[] = [];
  for (let at = 0; at < keys.length; at += BATCH) {
    failures.push(...(await deleteBatch(connect, location, keys.slice(at, at + BATCH), options)));
  }
  return failures;
}

async function deleteBatch(
  connect: () => Promise<S3Client>,
  location: S3Location,
  keys: readonly string[],
  { signal }: CallOptions,
): Promise<DeleteFailure[]> {
  const { DeleteObjectsCommand } = await import("@aws-sdk/client-s3");
  const command = new DeleteObjectsCommand({
    Bucket: location.bucket,
    Delete: { Objects: keys.map((Key) => ({ Key })), Quiet: true },
  });
  command.middlewareStack.add(
    (next) => async (args) => {
      const { request } = args;
      if (
        typeof request === "object" &&
        request !== null &&
        "headers" in request &&
        "body" in request
      ) {
        const md5 = createHash("md5").update(String(request.body)).digest("base64");
        Object.assign(request.headers ?? {}, { "content-md5": md5 });
      }
      return await next(args);
    },
    { step: "build", name: "contentMd5" },
  );
  try {
    const { Errors = [] } = await (
      await connect()
    ).send(command, signal === undefined ? {} : { abortSignal: signal });
    return Errors.map(({ Key = "", Code = "", Message = "" }) => ({
      key: Key,
      reason: `${Code}: ${Message}`,
    }));
  } catch (error) {
    throw failureOf(error, `deleting ${keys.length} objects`, location, signal);
  }
}
