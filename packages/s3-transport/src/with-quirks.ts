import { type Provider, PROVIDERS } from "./providers.ts";
import type { Quirks, S3Location } from "./s3-location.ts";

/** A location, or what matters of it here, with the quirks of its provider where it says nothing else. */
export function withQuirks<Place extends QuirkyPlace>(location: Place): Place & Quirks {
  const quirks = PROVIDERS[providerOf(location)];
  return {
    ...location,
    forcePathStyle: location.forcePathStyle ?? quirks.forcePathStyle,
    conditionalPut: location.conditionalPut ?? quirks.conditionalPut,
    checksum: location.checksum ?? quirks.checksum,
    etag: location.etag ?? quirks.etag,
    askFirst: location.askFirst ?? quirks.askFirst,
  };
}

type QuirkyPlace = Partial<Pick<S3Location, "provider" | "endpoint" | keyof Quirks>>;

/** That of a location which names none: AWS, or whatever is at its endpoint. */
export function providerOf({
  provider,
  endpoint,
}: Pick<S3Location, "provider" | "endpoint">): Provider {
  return provider ?? (endpoint === undefined ? "aws" : "other");
}

/** Under TLS, no certificate covers the dots of a bucket before the endpoint's name. */
export function usesPathStyle({ bucket, forcePathStyle = false }: S3Location): boolean {
  return forcePathStyle || bucket.includes(".");
}
