import { isIP } from "node:net";
import type { Place } from "../http/proxy.ts";
import type { S3Location } from "../s3-location.ts";
import { usesPathStyle, withQuirks } from "../with-quirks.ts";
import type { BucketAddress } from "./bucket-address.ts";

/** As the SDK addresses the bucket at this endpoint; a test compares them. */
export function addressAt(endpoint: string, location: S3Location): BucketAddress {
  const { protocol, host, hostname, pathname } = new URL(endpoint);
  const { bucket } = location;
  const isAddress = isIP(hostname.replaceAll(/^\[|\]$/g, "")) !== 0;
  if (usesPathStyle(location) || isAddress || !HOST_NAME.test(bucket)) {
    return { protocol, host, path: `${pathname.replace(/\/$/, "")}/${bucket}/` };
  }
  return { protocol, host: `${bucket}.${host}`, path: pathname === "/" ? "/" : `${pathname}/` };
}

/** Where requests for the bucket go; AWS's own endpoint of the region unless the location has another. */
export function bucketPlace(location: S3Location): Place {
  const { endpoint = `https://s3.${location.region}.amazonaws.com` } = location;
  const { protocol, host } = addressAt(endpoint, withQuirks(location));
  return { protocol, hostname: new URL(`${protocol}//${host}`).hostname };
}

/** A name that can stand before the endpoint's own. */
const HOST_NAME = /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/;
