import type { S3Credentials } from "../s3-location.ts";
import {
  ALGORITHM,
  compactDate,
  encoded,
  encodedPath,
  scopeOf,
  signatureOf,
  signingKey,
} from "../sigv4.ts";
import type { BucketAddress } from "./bucket-address.ts";
import type { UrlSigner } from "./presigner.ts";

export interface UrlSigning {
  readonly address: BucketAddress;
  readonly region: string;
  readonly credentials: S3Credentials;
  /** From when the URLs are good. */
  readonly date: Date;
  /** For how long. */
  readonly seconds: number;
}

/**
 * Signs GETs by SigV4 without the SDK, whose presigner takes a hundred times as long: a restore
 * script has tens of thousands of URLs. Its test compares the two.
 */
export function urlSigner({ address, region, credentials, date, seconds }: UrlSigning): UrlSigner {
  const begin = compactDate(date);
  const scope = scopeOf(begin, region);
  const key = signingKey(credentials.secretAccessKey, scope);
  const query = queryOf(credentials, { scope, begin, seconds });
  const rest = `host:${address.host}\n\nhost\nUNSIGNED-PAYLOAD`;
  return {
    expires: new Date(date.getTime() + seconds * 1000),
    base: `${address.protocol}//${address.host}${address.path}`,
    query,
    sign(name, versionId) {
      const path = encodedPath(name);
      // `versionId` comes after all of the query's own names in the order that is signed.
      const version = versionId === undefined ? "" : `&versionId=${encoded(versionId)}`;
      const canonical = `GET\n${address.path}${path}\n${query}${version}\n${rest}`;
      return { path, signature: signatureOf(canonical, begin, scope, key) };
    },
  };
}

/** In the order that is signed. */
function queryOf(
  { accessKeyId, sessionToken }: S3Credentials,
  { scope, begin, seconds }: { scope: string; begin: string; seconds: number },
): string {
  const pairs = {
    "X-Amz-Algorithm": ALGORITHM,
    "X-Amz-Content-Sha256": "UNSIGNED-PAYLOAD",
    "X-Amz-Credential": `${accessKeyId}/${scope}`,
    "X-Amz-Date": begin,
    "X-Amz-Expires": String(seconds),
    ...(sessionToken !== undefined && { "X-Amz-Security-Token": sessionToken }),
    "X-Amz-SignedHeaders": "host",
  };
  return Object.entries(pairs)
    .map(([name, value]) => `${name}=${encoded(value)}`)
    .join("&");
}

/** One URL of a signer, whole. */
export function signedUrl(signer: UrlSigner, key: string, versionId?: string): string {
  const { path, signature } = signer.sign(key, versionId);
  const version = versionId === undefined ? "" : `&versionId=${encoded(versionId)}`;
  return `${signer.base}${path}?${signer.query}${version}&X-Amz-Signature=${signature}`;
}
