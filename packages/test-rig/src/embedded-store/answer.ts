import type { ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import { endAnswer } from "./end-answer.ts";
import { listPage } from "./list-page.ts";
import type { ObjectFiles } from "./object-files.ts";
import { putObject, putRetention } from "./put-object.ts";
import { S3Failure } from "./s3-failure.ts";
import type { Kept, S3Request } from "./s3-request.ts";
import { element, textsOf, Xml } from "./xml.ts";

/** Answers one request. @throws {S3Failure} */
export async function answer(
  request: S3Request,
  response: ServerResponse,
  kept: Kept,
): Promise<void> {
  const { bucket, key, query, message } = request;
  const { files } = kept;
  if (bucket === "" && message.method === "GET") {
    return endAnswer(response, 200, bucketList(await files.buckets()));
  }
  if (key === "" && message.method === "PUT") {
    await files.createBucket(bucket);
    return endAnswer(response, 200);
  }
  await files.needBucket(bucket);
  const operation = `${message.method} ${key === "" ? "bucket" : "object"}`;
  if (operation === "PUT object" && query.has("retention"))
    return await putRetention(request, response, kept);
  if (operation === "PUT object") return await putObject(request, response, kept);
  if (operation === "GET object") return await getObject(request, response, files);
  if (operation === "HEAD object") return await headObject(request, response, files);
  if (operation === "DELETE object") {
    await files.delete(bucket, key);
    return endAnswer(response, 204);
  }
  if (operation === "HEAD bucket") return endAnswer(response, 200);
  if (operation === "GET bucket") return endAnswer(response, 200, await listedPage(request, kept));
  if (operation === "POST bucket" && query.has("delete")) {
    return await deleteObjects(request, response, files);
  }
  throw new S3Failure(501, "NotImplemented", `${operation} is not known here.`);
}

/** The page that was asked for, or another one in its place. */
async function listedPage(
  { bucket, query, list }: S3Request,
  { files, pageSize }: Kept,
): Promise<Xml> {
  const other = new URLSearchParams(query);
  if (list === "repeat-page") other.delete("continuation-token");
  if (list === "omit-page") {
    const omitted = await listPage(files, bucket, query, pageSize);
    const [token] = textsOf(omitted.text, "NextContinuationToken");
    if (token !== undefined) other.set("continuation-token", token);
  }
  return await listPage(files, bucket, other, pageSize);
}

function bucketList(names: readonly string[]): Xml {
  const buckets = names.map((name) => element("Bucket", element("Name", name)));
  return element("ListAllMyBucketsResult", element("Buckets", ...buckets));
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
  response.setHeader("etag", await files.tag(bucket, key));
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
  response.setHeader("etag", await files.tag(bucket, key));
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
  const deleted = keys.map((key) => element("Deleted", element("Key", key)));
  endAnswer(response, 200, element("DeleteResult", ...deleted));
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
