import { Readable } from "node:stream";
import { connector } from "./client/connector.ts";
import { requestOptions } from "./client/request-options.ts";
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
  const connect = connector(location);
  const { bucket } = location;
  const remove = objectDeleter(connect, location);
  return {
    put: conditionalPut(
      location,
      async (key, body, options = {}) => await putObject(connect, location, key, body, options),
    ),

    async get(key, options = {}) {
      const { GetObjectCommand } = await import("@aws-sdk/client-s3");
      const command = new GetObjectCommand({ Bucket: bucket, Key: key });
      const failure = (error: unknown): unknown =>
        failureOf(error, `reading ${key}`, location, options.signal);
      const client = await connect();
      const answer = await client.send(command, requestOptions(options)).catch((error: unknown) => {
        throw failure(error);
      });
      return bytesOf(answer.Body, failure);
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
