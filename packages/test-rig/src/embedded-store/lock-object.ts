import type { IncomingHttpHeaders } from "node:http";
import { S3Failure } from "./s3-failure.ts";
import { textsOf } from "./xml.ts";

/** Until when an object may not be deleted. It is noted, and not enforced. */
export interface ObjectLock {
  readonly mode: string;
  readonly until: Date;
}

/** The lock that a PUT asks for by its headers. */
export function lockInHeaders(headers: IncomingHttpHeaders): ObjectLock | undefined {
  const mode = headers["x-amz-object-lock-mode"];
  const until = headers["x-amz-object-lock-retain-until-date"];
  if (mode === undefined || until === undefined) return undefined;
  return lockOf(String(mode), String(until));
}

/** The lock that a PutObjectRetention asks for in its body. @throws {S3Failure} MalformedXML */
export function lockInXml(xml: string): ObjectLock {
  const [mode = ""] = textsOf(xml, "Mode");
  const [until = ""] = textsOf(xml, "RetainUntilDate");
  return lockOf(mode, until);
}

/** A lock is only ever made longer. @throws {S3Failure} AccessDenied */
export function refuseShorter(lock: ObjectLock, old: ObjectLock | undefined): void {
  if (old === undefined || lock.until >= old.until) return;
  throw new S3Failure(403, "AccessDenied", "The object is locked for longer than that.");
}

function lockOf(mode: string, until: string): ObjectLock {
  const date = new Date(until);
  const isKnown = mode === "GOVERNANCE" || mode === "COMPLIANCE";
  if (isKnown && !Number.isNaN(date.getTime())) return { mode, until: date };
  throw new S3Failure(400, "MalformedXML", "This is no lock.");
}
