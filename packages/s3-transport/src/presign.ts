import { connector } from "./client/connector.ts";
import type { S3Location } from "./s3-location.ts";
import { StoreError } from "./store-error.ts";

/** SigV4's cap: 7 days, in seconds. */
const LONGEST = 604_800;

/** Makes URLs that need no credentials for as long as they live. */
export interface Presigner {
  /**
   * A URL to GET the object. It signs `host` only, so that plain curl and wget can use it.
   *
   * @param expiresIn seconds; 7 days at most, and no longer than the credentials themselves
   * @throws {StoreError} `bad-credentials` where the credentials have expired
   */
  presign(key: string, expiresIn: number): Promise<PresignedUrl>;
}

export interface PresignedUrl {
  readonly url: string;
  /** The real end: it may be earlier than was asked for. */
  readonly expires: Date;
}

/** @param now the time that signatures begin at; for tests */
export function createPresigner(
  location: S3Location,
  now: () => Date = () => new Date(),
): Presigner {
  const connect = connector(location);
  return {
    async presign(key, expiresIn) {
      const s3 = await connect();
      const signingDate = now();
      const credentials = await s3.config.credentials();
      const left = secondsBetween(signingDate, credentials.expiration);
      if (left < 1) throw expired(credentials.expiration);
      const seconds = Math.max(1, Math.floor(Math.min(expiresIn, LONGEST, left)));
      const { GetObjectCommand } = await import("@aws-sdk/client-s3");
      const { getSignedUrl } = await import("@aws-sdk/s3-request-presigner");
      const command = new GetObjectCommand({ Bucket: location.bucket, Key: key });
      command.middlewareStack.add(withoutOperationName, { step: "build", priority: "low" });
      const url = await getSignedUrl(s3, command, { expiresIn: seconds, signingDate });
      return { url, expires: new Date(signingDate.getTime() + seconds * 1000) };
    },
  };
}

function secondsBetween(from: Date, to: Date | undefined): number {
  return to === undefined ? Infinity : (to.getTime() - from.getTime()) / 1000;
}

function expired(when: Date | undefined): StoreError {
  return new StoreError("bad-credentials", `The credentials expired at ${when?.toISOString()}.`, {
    hint: "Get new ones: URLs that they sign would be dead from the start.",
    permanent: true,
  });
}

/** The SDK names the operation in the query, which GCS refuses and nobody needs (aws-sdk-js-v3#6994). */
function withoutOperationName<Input extends { request?: unknown }, Output>(
  next: (args: Input) => Promise<Output>,
): (args: Input) => Promise<Output> {
  return async (args) => {
    const { request } = args;
    if (typeof request === "object" && request !== null && "query" in request) {
      Reflect.deleteProperty(Object(request.query), "x-id");
    }
    return await next(args);
  };
}
