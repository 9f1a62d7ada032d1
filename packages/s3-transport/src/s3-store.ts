import { Readable } from "node:stream";
import type { S3Client } from "@aws-sdk/client-s3";
import { createS3Client } from "./client/s3-client.ts";
import { objectDeleter } from "./delete/delete-objects.ts";
import { failureOf } from "./failure/store-failure.ts";
import { listObjects } from "./list/list-objects.ts";
import type { ObjectStore } from "./object-store.ts";
import { conditionalPut } from "./put/conditional-put.ts";
import { putObject } from "./put/put-object.ts";
import type { S3Location } from "./s3-location.ts";

/**
 * The objects of a bucket in S3. The SDK is loaded when the first call needs it.
 *
 * @example
 * const store = withRetry(createS3Store({ bucket: "backuppc-offsite", region: "eu-central-1" }));
 * await store.put("hello.txt", bytesBody(Buffer.from("hello")));
 */
export function createS3Store(location: S3Location): ObjectStore {
  let client: Promise<S3Client> | undefined;
  const connect = (): Promise<S3Client> => (client ??= createS3Client(location));
  const { bucket } = location;
  const remove = objectDeleter(connect, location);
  return {
    put: conditionalPut(
      location,
      async (key, body, options = {}) => await putObject(connect, location, key, body, options),
    ),

    async get(key, { signal } = {}) {
      const { GetObjectCommand } = await import("@aws-sdk/client-s3");
      const command = new GetObjectCommand({ Bucket: bucket, Key: key });
      const answer = await (
        await connect()
      )
        .send(command, abortSignal(signal))
        .catch((error: unknown) => {
          throw failureOf(error, `reading ${key}`, location, signal);
        });
      return bytesOf(answer.Body, (error) => failureOf(error, `reading ${key}`, location, signal));
    },

    list: (prefix, options) => listObjects(connect, location, prefix, options),
    delete: async (keys, options) =>
      await remove(
        keys.map((key) => ({ key })),
        options,
      ),
  };
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

function abortSignal(signal: AbortSignal | undefined): { abortSignal?: AbortSignal } {
  return signal === undefined ? {} : { abortSignal: signal };
}
