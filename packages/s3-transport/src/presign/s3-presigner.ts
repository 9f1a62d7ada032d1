import type { S3Client } from "@aws-sdk/client-s3";
import { checkKey } from "../check/check-call.ts";
import { demand, isAmount } from "../check/demand.ts";
import type { Connect } from "../client/connector.ts";
import type { S3Location } from "../s3-location.ts";
import { StoreError } from "../store-error.ts";
import { bucketAddress } from "./bucket-address.ts";
import type { Presigner, UrlSigner } from "./presigner.ts";
import { signedUrl, urlSigner } from "./url-signer.ts";

/** SigV4's cap: 7 days, in seconds. */
const LONGEST = 604_800;

/** @param now the time that signatures begin at */
export function s3Presigner(connect: Connect, location: S3Location, now: () => Date): Presigner {
  const presignAll = async (expiresInSeconds: number): Promise<UrlSigner> =>
    await signerFor(await connect(), location, expiresInSeconds, now());
  return {
    presignAll,
    async presign(key, expiresInSeconds, versionId) {
      checkKey(key);
      const signer = await presignAll(expiresInSeconds);
      return { url: signedUrl(signer, key, versionId), expires: signer.expires };
    },
  };
}

async function signerFor(
  s3: S3Client,
  { bucket }: S3Location,
  expiresInSeconds: number,
  date: Date,
): Promise<UrlSigner> {
  demand(
    isAmount(expiresInSeconds, 1),
    `expiresInSeconds is no number of seconds: ${String(expiresInSeconds)}.`,
  );
  const credentials = await s3.config.credentials();
  const left = secondsBetween(date, credentials.expiration);
  if (left < 1) throw expired(credentials.expiration);
  const seconds = Math.max(1, Math.floor(Math.min(expiresInSeconds, LONGEST, left)));
  const [address, region] = await Promise.all([bucketAddress(s3, bucket), s3.config.region()]);
  return urlSigner({ address, region, credentials, date, seconds });
}

function secondsBetween(from: Date, to: Date | undefined): number {
  return to === undefined ? Infinity : (to.getTime() - from.getTime()) / 1000;
}

function expired(when: Date | undefined): StoreError {
  const message = `The credentials expired at ${when?.toISOString()}.`;
  return new StoreError("bad-credentials", message, { reason: "dead-urls", permanent: true });
}
