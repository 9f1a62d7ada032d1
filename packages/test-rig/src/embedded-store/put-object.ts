import type { ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { endAnswer } from "./end-answer.ts";
import { lockInHeaders, lockInXml, refuseShorter } from "./lock-object.ts";
import { S3Failure } from "./s3-failure.ts";
import type { Kept, S3Request } from "./s3-request.ts";

/** Stores a body whole, if it is what was signed. @throws {S3Failure} */
export async function putObject(
  { message, bucket, key, payloadHash }: S3Request,
  response: ServerResponse,
  { files, locks }: Kept,
): Promise<void> {
  const { "content-length": length, "content-md5": md5, "if-none-match": match } = message.headers;
  if (length === undefined) throw new S3Failure(411, "MissingContentLength", "No length is given.");
  if (payloadHash.startsWith("STREAMING-")) {
    throw new S3Failure(501, "NotImplemented", "Chunked signatures are not known here.");
  }
  const lock = lockInHeaders(message.headers);
  const received = await files.receive(message);
  try {
    if (payloadHash !== "UNSIGNED-PAYLOAD" && payloadHash !== received.sha256) {
      throw new S3Failure(400, "XAmzContentSHA256Mismatch", "The body is not what was signed.");
    }
    if (md5 !== undefined && md5 !== received.md5.toString("base64")) {
      throw new S3Failure(400, "BadDigest", "The body does not have this MD5.");
    }
    await files.keep(bucket, key, received.file, match === "*");
  } finally {
    await files.drop(received.file);
  }
  if (lock !== undefined) locks.set(`${bucket}/${key}`, lock);
  response.setHeader("etag", `"${received.md5.toString("hex")}"`);
  endAnswer(response, 200);
}

/** Locks an object, or locks it for longer. @throws {S3Failure} */
export async function putRetention(
  { message, bucket, key }: S3Request,
  response: ServerResponse,
  { files, locks }: Kept,
): Promise<void> {
  if (message.headers["content-md5"] === undefined) {
    throw new S3Failure(400, "InvalidRequest", "Missing required header: Content-MD5.");
  }
  await files.find(bucket, key);
  const lock = lockInXml(await text(message));
  refuseShorter(lock, locks.get(`${bucket}/${key}`));
  locks.set(`${bucket}/${key}`, lock);
  endAnswer(response, 200);
}
