import type { S3Location } from "../s3-location.ts";
import { demand, isAmount, isWhole } from "./demand.ts";

/** @throws {StoreError} code `invalid-input` */
export function checkLocation(location: S3Location): void {
  const { bucket, region, endpoint, connections, timeLimits, objectLock, proxyFor } = location;
  demand(isText(bucket), "The bucket is no name.");
  demand(isText(region), "The region is no name.");
  demand(
    endpoint === undefined || isEndpoint(endpoint),
    "The endpoint is no URL of http or https.",
  );
  demand(
    connections === undefined || isWhole(connections, 1),
    `The connections are no whole number from 1 on: ${String(connections)}.`,
  );
  for (const [name, limit] of Object.entries(timeLimits ?? {}))
    demand(isAmount(limit, 1), `The time limit ${name} is no number of milliseconds: ${limit}.`);
  demand(
    objectLock === undefined || isWhole(objectLock.days, 1),
    `The days of the lock are no whole number from 1 on: ${String(objectLock?.days)}.`,
  );
  demand(proxyFor === undefined || typeof proxyFor === "function", "proxyFor is no function.");
}

function isText(value: unknown): boolean {
  return typeof value === "string" && value !== "";
}

function isEndpoint(value: unknown): boolean {
  return typeof value === "string" && URL.canParse(value) && /^https?:\/\//i.test(value);
}
