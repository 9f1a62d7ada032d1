import { createHash } from "node:crypto";
import { unconfirmed } from "../failure/unconfirmed.ts";
import type { ObjectBody } from "../object-store.ts";
import type { S3Location } from "../s3-location.ts";
import { storesTag } from "./entity-tag.ts";
import type { PutAnswer } from "./put-answer.ts";

interface Put {
  readonly key: string;
  readonly body: ObjectBody;
  readonly location: S3Location;
}

/** Bytes of a body up to which its MD5 costs nothing to speak of. */
const SMALL = 65_536;

/**
 * Has a PUT fail whose answer is not a store's: a captive portal or a proxy answers 200 to anything,
 * and what it swallowed would count as archived.
 *
 * @throws {StoreError} code `unconfirmed`
 */
export function confirmPut(answer: PutAnswer, put: Put): void {
  const problem = problemOf(answer, put);
  if (problem !== undefined) throw unconfirmed(`storing ${put.key}`, problem, put.location);
}

/** What is wrong with the answer; undefined if nothing. */
function problemOf({ status, headers }: PutAnswer, { body, location }: Put): string | undefined {
  if (status !== 200) return `the answer was ${status}, not 200`;
  // Swift names HTML as the type of no body at all.
  if (isHtml(headers) && headers["content-length"] !== "0") return "the answer was a web page";
  if ((headers.etag ?? "").replaceAll('"', "") === "") return "the answer had no ETag";
  const tag = storesTag(headers.etag, location);
  if (tag === undefined) return "the answer had no store's ETag";
  if (location.etag === "opaque") return undefined;
  const { serverSideEncryption = headers["x-amz-server-side-encryption"] } = location;
  // Of what a store encrypts, the ETag need not be the MD5; nor where MinIO has made it without one, with "-1" behind.
  const unknown = serverSideEncryption !== undefined || tag.includes("-");
  const md5 = unknown ? undefined : knownMd5(body);
  return md5 === undefined || md5 === tag ? undefined : "the answer had another object's ETag";
}

function knownMd5({ md5, bytes }: ObjectBody): string | undefined {
  if (md5 !== undefined || bytes.length > SMALL) return md5;
  return createHash("md5").update(bytes).digest("hex");
}

function isHtml(headers: PutAnswer["headers"]): boolean {
  return headers["content-type"]?.startsWith("text/html") === true;
}
