import { Readable } from "node:stream";
import type { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { failureOf } from "../failure/store-failure.ts";
import type { ObjectBody, PutOptions } from "../object-store.ts";
import type { S3Location } from "../s3-location.ts";
import { inPieces } from "./in-pieces.ts";
import { putInput } from "./put-input.ts";

/** Stores one object by one PutObject, and asks for no other right. */
export async function putObject(
  connect: () => Promise<S3Client>,
  location: S3Location,
  key: string,
  body: ObjectBody,
  options: PutOptions,
): Promise<void> {
  const { signal, storageClass } = options;
  const { PutObjectCommand } = await import("@aws-sdk/client-s3");
  const client = await connect();
  const stream = Readable.from(inPieces(body.open()), { objectMode: false });
  const broken = new AbortController();
  stream.once("error", (error) => broken.abort(error));
  const input = putInput(key, body, location, options);
  const command = new PutObjectCommand({ ...input, Body: stream });
  setHeaders(command, {
    // Signed, so that every store that checks signatures checks what arrived: over HTTPS the SDK signs UNSIGNED-PAYLOAD.
    "x-amz-content-sha256": body.sha256,
    // The SDK's type knows only the classes of AWS.
    ...(storageClass !== undefined && { "x-amz-storage-class": storageClass }),
  });
  try {
    const abortSignal = AbortSignal.any([broken.signal, ...(signal ? [signal] : [])]);
    await client.send(command, { abortSignal });
  } catch (error) {
    broken.signal.throwIfAborted();
    throw failureOf(error, `storing ${key}`, location, signal);
  } finally {
    stream.destroy();
  }
}

function setHeaders(command: PutObjectCommand, headers: Readonly<Record<string, string>>): void {
  command.middlewareStack.add(
    (next) => async (args) => {
      const { request } = args;
      if (typeof request === "object" && request !== null && "headers" in request) {
        Object.assign(request.headers ?? {}, headers);
      }
      return await next(args);
    },
    { step: "build", name: "setHeaders" },
  );
}
