import type { IncomingMessage, ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import { listPage } from "./list-page.ts";
import type { ObjectFiles } from "./object-files.ts";
import { S3Failure } from "./s3-failure.ts";
import { element, textsOf, Xml } from "./xml.ts";

/** A request whose signature has been checked. */
export interface S3Request {
  readonly message: IncomingMessage;
  readonly bucket: string;
  readonly key: string;
  readonly query: URLSearchParams;
  /** The body's signed SHA-256, or `UNSIGNED-PAYLOAD`. */
  readonly payloadHash: string;
}

/** Answers one request. @throws {S3Failure} */
export async function answer(
  request: S3Request,
  response: ServerResponse,
  files: ObjectFiles,
): Promise<void> {
  const { bucket, key, query, message } = request;
  if (bucket === "" && message.method === "GET") {
    return end(response, 200, bucketList(await files.buckets()));
  }
  if (key === "" && message.method === "PUT") {
    await files.createBucket(bucket);
    return end(response, 200);
  }
  await files.needBucket(bucket);
  const operation = `${message.method} ${key === "" ? "bucket" : "object"}`;
  if (operation === "PUT object") return await putObject(request, response, files);
  if (operation === "GET object") return await getObject(request, response, files);
  if (operation === "HEAD object") return await headObject(request, response, files);
  if (operation === "DELETE object") {
    await files.delete(bucket, key);
    return end(response, 204);
  }
  if (operation === "HEAD bucket") return end(response, 200);
  if (operation === "GET bucket") return end(response, 200, await listPage(files, bucket, query));
  if (operation === "POST bucket" && query.has("delete")) {
    return await deleteObjects(request, response, files);
  }
  throw new S3Failure(501, "NotImplemented", `${operation} is not known here.`);
}

function bucketList(names: readonly string[]): Xml {
  const buckets = names.map((name) => element("Bucket", element("Name", name)));
  return element("ListAllMyBucketsResult", element("Buckets", ...buckets));
}

async function putObject(
  { message, bucket, key, payloadHash }: S3Request,
  response: ServerResponse,
  files: ObjectFiles,
): Promise<void> {
  const { "content-length": length, "content-md5": md5, "if-none-match": match } = message.headers;
  if (length === undefined) throw new S3Failure(411, "MissingContentLength", "No length is given.");
  if (payloadHash.startsWith("STREAMING-")) {
    throw new S3Failure(501, "NotImplemented", "Chunked signatures are not known here.");
  }
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
  response.setHeader("etag", `"${received.md5.toString("hex")}"`);
  end(response, 200);
}

async function getObject(
  { message, bucket, key }: S3Request,
  response: ServerResponse,
  files: ObjectFiles,
): Promise<void> {
  const { length, modified } = await files.find(bucket, key);
  const range = rangeOf(message.headers.range, length);
  response.statusCode = range === undefined ? 200 : 206;
  const { start, end: last } = range ?? { start: 0, end: length - 1 };
  if (range !== undefined) {
    response.setHeader("content-range", `bytes ${start}-${last}/${length}`);
  }
  response.setHeader("last-modified", modified.toUTCString());
  response.setHeader("accept-ranges", "bytes");
  response.setHeader("content-length", last - start + 1);
  if (length === 0) response.end();
  else await pipeline(files.open(bucket, key, { start, end: last }), response);
}

async function headObject(
  { bucket, key }: S3Request,
  response: ServerResponse,
  files: ObjectFiles,
): Promise<void> {
  const { length, modified } = await files.find(bucket, key);
  response.setHeader("last-modified", modified.toUTCString());
  response.setHeader("content-length", length);
  response.end();
}

async function deleteObjects(
  { message, bucket }: S3Request,
  response: ServerResponse,
  files: ObjectFiles,
): Promise<void> {
  if (message.headers["content-md5"] === undefined) {
    throw new S3Failure(400, "InvalidRequest", "Missing required header: Content-MD5.");
  }
  const keys = textsOf(await text(message), "Key");
  if (keys.length > 1000) throw new S3Failure(400, "MalformedXML", "More than 1,000 keys.");
  for (const key of keys) await files.delete(bucket, key);
  end(response, 200, element("DeleteResult"));
}

/** `bytes=5-` and `bytes=5-9`; anything else is the whole. @throws {S3Failure} InvalidRange */
function rangeOf(
  header: string | undefined,
  length: number,
): { start: number; end: number } | undefined {
  const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(header ?? "") ?? [];
  if (from === undefined) return undefined;
  const start = Number(from);
  if (start >= length) throw new S3Failure(416, "InvalidRange", "The range is beyond the end.");
  return { start, end: Math.min(to === "" || to === undefined ? length : Number(to), length - 1) };
}

function end(response: ServerResponse, status: number, body?: Xml): void {
  response.statusCode = status;
  if (body !== undefined) response.setHeader("content-type", "application/xml");
  response.end(body?.document());
}
