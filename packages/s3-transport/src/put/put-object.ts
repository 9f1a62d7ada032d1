import { Readable } from "node:stream";
import type { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { failureOf } from "../failure/store-failure.ts";
import type { ObjectBody, PutOptions, PutReceipt } from "../object-store.ts";
import type { S3Location } from "../s3-location.ts";
import { confirmPut } from "./confirm-put.ts";
import { piecesOf } from "./pieces-of.ts";
import { putInput } from "./put-input.ts";

/**
 * Stores one object by one PutObject, and asks for no other right.
 *
 * @param now when a lock's days begin
 */
export async function putObject(
  s3: S3Client,
  location: S3Location,
  { key, body, options, now }: { key: string; body: ObjectBody; options: PutOptions; now: Date },
): Promise<PutReceipt> {
  const { PutObjectCommand } = await import("@aws-sdk/client-s3");
  const stream = Readable.from(piecesOf(body.bytes, options), { objectMode: false });
  const broken = new AbortController();
  stream.once("error", (error) => broken.abort(error));
  const input = putInput(key, body, location, { ...options, now });
  const command = new PutObjectCommand({ ...input, Body: stream });
  setHeaders(command, headersFor(body, options));
  confirmPut(command, { key, body, location });
  const { signal } = options;
  try {
    const abortSignal = AbortSignal.any([broken.signal, ...(signal ? [signal] : [])]);
    const { VersionId } = await s3.send(command, { abortSignal });
    // "null" is the version of all that is put while versions are not kept: it names no bytes in particular.
    return VersionId === undefined || VersionId === "null" ? {} : { versionId: VersionId };
  } catch (error) {
    broken.signal.throwIfAborted();
    throw failureOf(error, `storing ${key}`, location, signal);
  } finally {
    stream.destroy();
  }
}

function headersFor(
  { sha256 }: ObjectBody,
  { storageClass }: PutOptions,
): Readonly<Record<string, string>> {
  return {
    // Signed, so that every store that checks signatures checks what arrived: over HTTPS the SDK signs UNSIGNED-PAYLOAD.
    "x-amz-content-sha256": sha256,
    // The SDK's type knows only the classes of AWS.
    ...(storageClass !== undefined && { "x-amz-storage-class": storageClass }),
  };
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
