import { CatalogError } from "./catalog-error.ts";

/**
 * A host's name as one segment of a key: percent-encoded outside `[A-Za-z0-9._-]`.
 * `.` and `..` are encoded too, because some clients and file systems walk them.
 */
export function encodeHost(host: string): string {
  if (host === "." || host === "..") return host.replaceAll(".", "%2E");
  return encodeURIComponent(host).replace(/[!'()*~]/g, percentEncode);
}

/** The host that {@link encodeHost} made the segment of, or undefined if it did not make it, or could not be archived. */
export function decodeHost(segment: string): string | undefined {
  const host = decoded(segment);
  if (host === undefined || whyNoHost(host) !== undefined) return undefined;
  return encodeHost(host) === segment ? host : undefined;
}

/**
 * Refuses a host that could be archived but not restored: its name becomes the name of files
 * (`restore_<host>.sh`, `<host>.<number>.tar.00000001`), which may not be hidden nor too long.
 *
 * @throws {CatalogError} code `invalid-archive`
 */
export function checkHost(host: string): void {
  const why = whyNoHost(host);
  if (why === undefined) return;
  throw new CatalogError(
    "invalid-archive",
    `The host name ${JSON.stringify(host)} can't be archived: ${why}.`,
    { reason: "host-name" },
  );
}

/** Bytes of the encoded name. File names may have 255, and ours add up to 40. */
export const LONGEST_HOST = 200;

function whyNoHost(host: string): string | undefined {
  if (host === "") return "it is empty";
  if (host.startsWith(".")) return "it begins with a dot";
  if (/\p{Surrogate}/u.test(host)) return "it is no Unicode text";
  if (encodeHost(host).length > LONGEST_HOST)
    return `it is longer than ${LONGEST_HOST} bytes, percent-encoded`;
  return undefined;
}

function decoded(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}

function percentEncode(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}
