import type { S3Location } from "../s3-location.ts";

/**
 * An ETag without quotes, in lower case; a proxy that compresses puts `W/` before it.
 * Undefined where the answer has none that a store gives, as that of a captive portal.
 */
export function storesTag(
  tag: string | undefined,
  { etag: kind = "md5" }: Pick<S3Location, "etag">,
): string | undefined {
  const plain = (tag ?? "").replace(/^W\//, "").replaceAll('"', "").toLowerCase();
  if (plain === "") return undefined;
  return kind === "opaque" || /^[0-9a-f]{32}(?:-\d+)?$/.test(plain) ? plain : undefined;
}
