import { createHash, createHmac } from "node:crypto";

/** The one algorithm that signs requests to S3. */
export const ALGORITHM = "AWS4-HMAC-SHA256";

/** For which day, region and service a signature is: `20261122/eu-central-1/s3/aws4_request`. */
export function scopeOf(date: string, region: string): string {
  return `${date.slice(0, 8)}/${region}/s3/aws4_request`;
}

/** The key that signs all requests of a scope. */
export function signingKey(secretAccessKey: string, scope: string): Buffer {
  return scope
    .split("/")
    .reduce<Buffer>(
      (key, part) => createHmac("sha256", key).update(part).digest(),
      Buffer.from(`AWS4${secretAccessKey}`),
    );
}

/** The signature of a canonical request, in hex. @param date as {@link compactDate} writes it */
export function signatureOf(canonical: string, date: string, scope: string, key: Buffer): string {
  const hash = createHash("sha256").update(canonical).digest("hex");
  return createHmac("sha256", key).update(`${ALGORITHM}\n${date}\n${scope}\n${hash}`).digest("hex");
}

/** `20261122T031500Z` */
export function compactDate(date: Date): string {
  return date.toISOString().replaceAll(/[-:]|\.\d+/g, "");
}

/** A part of a query or of a path: all but letters, digits and `-._~` percent-encoded. */
export function encoded(text: string): string {
  return encodeURIComponent(text).replaceAll(/[!'()*]/g, asHex);
}

/** A key as it stands in a URL: its slashes stay. */
export function encodedPath(key: string): string {
  return key.split("/").map(encoded).join("/");
}

function asHex(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}
