import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { S3Failure } from "./s3-failure.ts";

export interface SigningCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly region: string;
}

export interface RequestUrl {
  /** Percent-encoded, as it was sent. */
  readonly pathname: string;
  readonly searchParams: URLSearchParams;
}

/** 15 minutes, in milliseconds: how far a client's clock may be off. */
const CLOCK_SKEW = 900_000;
const ALGORITHM = "AWS4-HMAC-SHA256";

/** What a signature claims, from the header or from a presigned URL. */
interface Claim {
  readonly credential: string;
  readonly signedHeaders: string;
  readonly signature: string;
  readonly date: string;
  readonly payloadHash: string;
  readonly presigned: boolean;
}

/**
 * Checks the SigV4 signature of a request, in its header or its query, its
 * clock or expiry.
 *
 * @returns the payload's signed digest, or `UNSIGNED-PAYLOAD`
 * @throws {S3Failure} as S3 answers
 */
export function checkSignature(
  request: IncomingMessage,
  url: RequestUrl,
  credentials: SigningCredentials,
  now: Date,
): string {
  const claim = url.searchParams.has("X-Amz-Signature")
    ? claimInQuery(url)
    : claimInHeader(request);
  const [accessKeyId, day = "", region = "", service = "", last] = claim.credential.split("/");
  if (accessKeyId !== credentials.accessKeyId) {
    throw new S3Failure(403, "InvalidAccessKeyId", "The access key is not known.");
  }
  if (region !== credentials.region || service !== "s3" || last !== "aws4_request") {
    throw new S3Failure(400, "AuthorizationHeaderMalformed", "The scope is not this region's.");
  }
  checkClock(claim, url, now);
  const scope = [day, region, service, last].join("/");
  const hash = createHash("sha256")
    .update(canonicalRequest(request, url, claim))
    .digest("hex");
  const toSign = [ALGORITHM, claim.date, scope, hash].join("\n");
  const expected = [day, region, service, last, toSign].reduce<string | Buffer>(
    (key, part) => createHmac("sha256", key).update(part).digest(),
    `AWS4${credentials.secretAccessKey}`,
  );
  if (!equal(Buffer.from(expected).toString("hex"), claim.signature)) {
    throw new S3Failure(403, "SignatureDoesNotMatch", "The signature does not match.");
  }
  return claim.payloadHash;
}

function claimInHeader({ headers }: IncomingMessage): Claim {
  const authorization = headers.authorization ?? "";
  if (!authorization.startsWith(`${ALGORITHM} `)) {
    throw new S3Failure(403, "AccessDenied", "The request is not signed.");
  }
  const field = (name: string): string =>
    new RegExp(`${name}=([^, ]+)`).exec(authorization)?.[1] ?? "";
  return {
    credential: field("Credential"),
    signedHeaders: field("SignedHeaders"),
    signature: field("Signature"),
    date: String(headers["x-amz-date"] ?? ""),
    payloadHash: String(headers["x-amz-content-sha256"] ?? ""),
    presigned: false,
  };
}

function claimInQuery({ searchParams }: RequestUrl): Claim {
  const field = (name: string): string => searchParams.get(`X-Amz-${name}`) ?? "";
  return {
    credential: field("Credential"),
    signedHeaders: field("SignedHeaders"),
    signature: field("Signature"),
    date: field("Date"),
    payloadHash: "UNSIGNED-PAYLOAD",
    presigned: true,
  };
}

function checkClock({ date, presigned }: Claim, { searchParams }: RequestUrl, now: Date): void {
  const signed = Date.parse(
    date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z"),
  );
  const age = now.getTime() - signed;
  if (Number.isNaN(age) || age < -CLOCK_SKEW || (!presigned && age > CLOCK_SKEW)) {
    throw new S3Failure(403, "RequestTimeTooSkewed", "The clocks differ too much.");
  }
  if (presigned && !(age <= Number(searchParams.get("X-Amz-Expires")) * 1000)) {
    throw new S3Failure(403, "AccessDenied", "Request has expired");
  }
}

function canonicalRequest(request: IncomingMessage, url: RequestUrl, claim: Claim): string {
  const names = claim.signedHeaders.split(";");
  const headers = names.map((name) => {
    const value = request.headers[name] ?? "";
    return `${name}:${String(value).trim().replaceAll(/\s+/g, " ")}\n`;
  });
  return [
    request.method,
    url.pathname,
    canonicalQuery(url),
    headers.join(""),
    claim.signedHeaders,
    claim.payloadHash,
  ].join("\n");
}

function canonicalQuery({ searchParams }: RequestUrl): string {
  return [...searchParams]
    .filter(([name]) => name !== "X-Amz-Signature")
    .map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
    .toSorted()
    .join("&");
}

/** As SigV4 has it: all but letters, digits and `-._~`. */
function encoded(text: string): string {
  const hex = (character: string): string =>
    `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
  return encodeURIComponent(text).replaceAll(/[!'()*]/g, hex);
}

function equal(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
