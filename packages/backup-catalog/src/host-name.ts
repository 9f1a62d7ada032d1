/**
 * A host's name as one segment of a key: percent-encoded outside `[A-Za-z0-9._-]`.
 * `.` and `..` are encoded too, because some clients and file systems walk them.
 */
export function encodeHost(host: string): string {
  if (host === "." || host === "..") return host.replaceAll(".", "%2E");
  return encodeURIComponent(host).replace(/[!'()*~]/g, percentEncode);
}

/** The host that {@link encodeHost} made the segment of, or undefined if it did not make it. */
export function decodeHost(segment: string): string | undefined {
  const host = decoded(segment);
  return host !== undefined && host !== "" && encodeHost(host) === segment ? host : undefined;
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
