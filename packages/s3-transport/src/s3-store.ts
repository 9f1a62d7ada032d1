import { Readable } from "node:stream";
import type { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { deleteObjects } from "./delete-objects.ts";
import { listObjects } from "./list-objects.ts";
import type { ObjectBody, ObjectStore } from "./object-store.ts";
import { createS3Client } from "./s3-client.ts";
import type { S3Location } from "./s3-location.ts";
import { failureOf } from "./store-failure.ts";

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
  return {
    async put(key, body, { signal, onlyIfAbsent = false, contentType } = {}) {
      const { PutObjectCommand } = await import("@aws-sdk/client-s3");
      const stream = Readable.from(body.open(), { objectMode: false });
      const broken = new AbortController();
      stream.once("error", (error) => broken.abort(error));
      const command = new PutObjectCommand({
        Bucket: bucket,
        Key: key,
        Body: stream,
        ContentLength: body.length,
        ...(contentType !== undefined && { ContentType: contentType }),
        ...(onlyIfAbsent && { IfNoneMatch: "*" }),
      });
      signPayload(command, body);
      try {
        const stop = AbortSignal.any([broken.signal, ...(signal ? [signal] : [])]);
        await (await connect()).send(command, abortSignal(stop));
      } catch (error) {
        broken.signal.throwIfAborted();
        throw failureOf(error, `storing ${key}`, location, signal);
      } finally {
        stream.destroy();
      }
    },

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
    delete: (keys, options) => deleteObjects(connect, location, keys, options),
  };
}

/**
 * Signs the digest of the body, so that every store that checks signatures
 * checks what arrived; over HTTPS the SDK would sign UNSIGNED-PAYLOAD.
 */
function signPayload(command: PutObjectCommand, { sha256 }: ObjectBody): void {
  command.middlewareStack.add(
    (next) => async (args) => {
      const { request } = args;
      if (typeof request === "object" && request !== null && "headers" in request) {
        Object.assign(request.headers ?? {}, { "x-amz-content-sha256": sha256 });
      }
      return await next(args);
    },
    { step: "build", name: "signPayload" },
  );
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
