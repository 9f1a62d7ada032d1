import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import type { S3Client } from "@aws-sdk/client-s3";
import type { S3Location } from "./s3-location.ts";

/** Milliseconds until a connection must stand. */
const CONNECTION_TIMEOUT = 10_000;
/** Milliseconds without a byte either way, after which a request is given up. */
const STALL_TIMEOUT = 60_000;

/** Without a logger the SDK warns on the console of what its caller is told anyway. */
const SILENT = { debug: silence, info: silence, warn: silence, error: silence };

/**
 * The SDK's client with the settings that every S3 store takes: checksums of
 * the newer kinds only where an operation requires them (aws-sdk-js-v3#6810),
 * and no retries, which are a wrapper's since a stream can't be sent twice.
 */
export async function createS3Client(location: S3Location): Promise<S3Client> {
  const { S3Client } = await import("@aws-sdk/client-s3");
  const { NodeHttpHandler } = await import("@smithy/node-http-handler");
  const { region, endpoint, credentials, connections = 4 } = location;
  const sockets = { keepAlive: true, maxSockets: connections };
  return new S3Client({
    region,
    ...(endpoint !== undefined && { endpoint }),
    // A copy: the SDK writes into the object that it is given.
    ...(credentials !== undefined && { credentials: { ...credentials } }),
    forcePathStyle: usesPathStyle(location),
    maxAttempts: 1,
    logger: SILENT,
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
    requestHandler: new NodeHttpHandler({
      httpAgent: new HttpAgent(sockets),
      httpsAgent: new HttpsAgent(sockets),
      connectionTimeout: CONNECTION_TIMEOUT,
      socketTimeout: STALL_TIMEOUT,
    }),
  });
}

/** Under TLS, no certificate covers the dots of a bucket before the endpoint's name. */
function usesPathStyle({ bucket, forcePathStyle = false }: S3Location): boolean {
  return forcePathStyle || bucket.includes(".");
}

function silence(): void {}
