import { createHash } from "node:crypto";
import type { PutObjectCommand, PutObjectCommandOutput } from "@aws-sdk/client-s3";
import { answerHeaders } from "../client/answer-headers.ts";
import { unconfirmed } from "../failure/unconfirmed.ts";
import type { ObjectBody } from "../object-store.ts";
import type { S3Location } from "../s3-location.ts";
import { storesTag } from "./entity-tag.ts";

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
 */
export function confirmPut(command: PutObjectCommand, put: Put): void {
  command.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      const problem = problemOf(result.output, answerHeaders(result), put);
      if (problem !== undefined) throw unconfirmed(`storing ${put.key}`, problem, put.location);
      return result;
    },
    { step: "initialize", name: "confirmPut" },
  );
}

/** What is wrong with the answer; undefined if nothing. */
function problemOf(
  { ETag = "", ServerSideEncryption, $metadata: { httpStatusCode } }: PutObjectCommandOutput,
  headers: Headers,
  { body, location }: Put,
): string | undefined {
  if (httpStatusCode !== 200) return `the answer was ${httpStatusCode}, not 200`;
  // Swift names HTML as the type of no body at all.
  if (isHtml(headers) && headers.get("content-length") !== "0") return "the answer was a web page";
  if (ETag.replaceAll('"', "") === "") return "the answer had no ETag";
  const tag = storesTag(ETag, location);
  if (tag === undefined) return "the answer had no store's ETag";
  if (location.etag === "opaque") return undefined;
  const encrypted = (location.serverSideEncryption ?? ServerSideEncryption) !== undefined;
  // Of what a store encrypts, the ETag need not be the MD5; nor where MinIO has made it without one, with "-1" behind.
  const md5 = encrypted || tag.includes("-") ? undefined : knownMd5(body);
  return md5 === undefined || md5 === tag ? undefined : "the answer had another object's ETag";
}

function knownMd5({ md5, bytes }: ObjectBody): string | undefined {
  if (md5 !== undefined || bytes.length > SMALL) return md5;
  return createHash("md5").update(bytes).digest("hex");
}

function isHtml(headers: Headers): boolean {
  return headers.get("content-type")?.startsWith("text/html") === true;
}
