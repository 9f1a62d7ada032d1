import type { S3Client } from "@aws-sdk/client-s3";
import { checkCredentials } from "../check/check-location.ts";
import type { S3Location } from "../s3-location.ts";
import { usesPathStyle } from "../with-quirks.ts";
import { refreshExpiredCredentials } from "./refresh-credentials.ts";
import { refuseWebPages } from "./refuse-web-pages.ts";

/** Without a logger the SDK warns on the console of what its caller learns anyway. */
const SILENT = { debug: silence, info: silence, warn: silence, error: silence };

/**
 * The SDK's client with the settings that every S3 store takes: checksums of
 * the newer kinds only where an operation requires them (aws-sdk-js-v3#6810),
 * and no retries, which are a wrapper's since a stream can't be sent twice.
 *
 * It corrects the time that it signs with by the store's `Date`.
 */
export async function createS3Client(location: S3Location): Promise<S3Client> {
  const { S3Client } = await import("./sdk.ts");
  const { createRequestHandler } = await import("../http/request-handler.ts");
  const { region, endpoint, credentials, connections = 4 } = location;
  const { timeLimits, proxyFor, authorities } = location;
  const client = new S3Client({
    region,
    ...(endpoint !== undefined && { endpoint }),
    ...(credentials !== undefined && { credentials: ownCopy(credentials) }),
    forcePathStyle: usesPathStyle(location),
    maxAttempts: 1,
    logger: SILENT,
    expectContinueHeader: false,
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
    requestHandler: createRequestHandler(connections, timeLimits, proxyFor, authorities),
  });
  refreshExpiredCredentials(client);
  refuseWebPages(client);
  return client;
}

/** The SDK writes into the object that it is given, and reads whatever a function gives. */
function ownCopy(
  credentials: NonNullable<S3Location["credentials"]>,
): NonNullable<S3Location["credentials"]> {
  if (typeof credentials !== "function") return { ...credentials };
  return async () => {
    const given = await credentials();
    checkCredentials(given);
    return given;
  };
}

function silence(): void {}
