import { X509Certificate } from "node:crypto";
import { PROVIDER_NAMES } from "../providers.ts";
import type { S3Credentials, S3Location } from "../s3-location.ts";
import type { TimeLimits } from "../http/time-limits.ts";
import { demand, isAmount, isHeaderText, isOneOf, isWhole } from "./demand.ts";

/** @throws {StoreError} code `invalid-input` */
export function checkLocation(location: S3Location): void {
  demand(typeof location === "object" && location !== null, "The location is none.");
  const { bucket, region, endpoint, connections, timeLimits, proxyFor } = location;
  demand(isBucket(bucket), "The bucket is no name.");
  demand(isHeaderText(region), "The region is no name.");
  demand(
    endpoint === undefined || isEndpoint(endpoint),
    "The endpoint is no URL of http or https.",
  );
  demand(
    connections === undefined || isWhole(connections, 1),
    `The connections are no whole number from 1 on: ${String(connections)}.`,
  );
  if (timeLimits !== undefined) checkLimits(timeLimits);
  demand(proxyFor === undefined || typeof proxyFor === "function", "proxyFor is no function.");
  checkTrust(location);
  checkRules(location);
  checkQuirks(location);
}

/** @throws {StoreError} code `invalid-input` */
export function checkCredentials(credentials: S3Credentials): void {
  const { accessKeyId, secretAccessKey, sessionToken } = Object(credentials);
  demand(
    isKeyText(accessKeyId) && isText(secretAccessKey),
    "The credentials have no accessKeyId or no secretAccessKey.",
  );
  demand(sessionToken === undefined || isKeyText(sessionToken), "The sessionToken is none.");
}

function checkLimits({ connectMs, goAheadMs, stallMs, answerMs }: TimeLimits): void {
  for (const [name, limit] of Object.entries({ connectMs, goAheadMs, stallMs, answerMs }))
    demand(isAmount(limit, 1), `The time limit ${name} is no number of milliseconds: ${limit}.`);
}

function checkTrust({ credentials, authorities }: S3Location): void {
  if (credentials !== undefined && typeof credentials !== "function") checkCredentials(credentials);
  demand(
    authorities === undefined || isCertificate(authorities),
    "The authorities are no certificates in PEM.",
  );
}

/** Days of a hundred years: dates far behind are none. */
const LONGEST_LOCK = 36_500;

function checkRules({ serverSideEncryption, kmsKeyId, objectLock, tags }: S3Location): void {
  demand(
    objectLock === undefined || (isWhole(objectLock.days, 1) && objectLock.days <= LONGEST_LOCK),
    `The days of the lock are no whole number from 1 to ${LONGEST_LOCK}: ${String(objectLock?.days)}.`,
  );
  demand(
    objectLock === undefined || isOneOf(objectLock.mode, ["GOVERNANCE", "COMPLIANCE"]),
    "The mode of the lock is neither GOVERNANCE nor COMPLIANCE.",
  );
  demand(
    serverSideEncryption === undefined || isOneOf(serverSideEncryption, ["AES256", "aws:kms"]),
    "serverSideEncryption is neither AES256 nor aws:kms.",
  );
  demand(kmsKeyId === undefined || isHeaderText(kmsKeyId), "kmsKeyId is no name of a key.");
  const isTags = typeof tags === "object" && tags !== null && !Array.isArray(tags);
  demand(
    tags === undefined || (isTags && Object.values(tags).every((tag) => typeof tag === "string")),
    "The tags are no texts by their names.",
  );
}

function checkQuirks(location: S3Location): void {
  const { provider, forcePathStyle, askFirst, conditionalPut, checksum, etag } = location;
  const isFlag = (value: unknown): boolean => value === undefined || typeof value === "boolean";
  demand(
    provider === undefined || isOneOf(provider, PROVIDER_NAMES),
    `The provider is none of ${PROVIDER_NAMES.join(", ")}.`,
  );
  demand(isFlag(forcePathStyle), "forcePathStyle is neither true nor false.");
  demand(isFlag(askFirst), "askFirst is neither true nor false.");
  demand(isFlag(conditionalPut) || conditionalPut === "try", "conditionalPut is none.");
  demand(checksum === undefined || isOneOf(checksum, ["sha256", "none"]), "checksum is none.");
  demand(etag === undefined || isOneOf(etag, ["md5", "opaque"]), "etag is none.");
}

/** It becomes a part of addresses, where a slash or a question mark would name another place. */
function isBucket(value: unknown): boolean {
  return typeof value === "string" && /^[\w.:-]+$/.test(value) && !/^\.+$/.test(value);
}

/** Some stores let their users choose it: blanks are theirs, but no header has a line end. */
function isKeyText(value: unknown): boolean {
  return typeof value === "string" && /^\P{Cc}+$/u.test(value);
}

function isText(value: unknown): boolean {
  return typeof value === "string" && value !== "";
}

function isEndpoint(value: unknown): boolean {
  return typeof value === "string" && URL.canParse(value) && /^https?:\/\//i.test(value);
}

/** Whether the first one is a certificate; what TLS takes is the list. */
function isCertificate(value: unknown): boolean {
  if (typeof value !== "string") return false;
  try {
    return new X509Certificate(value).subject !== undefined;
  } catch {
    return false;
  }
}
