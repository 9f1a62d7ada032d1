import type { RestoreInput } from "@backuppc-archive-s3/restore-script";

/** The URL of the first chunk, as the script will fetch it. */
export function firstUrlOf({ chunks, only, urls }: RestoreInput): string | undefined {
  const first = chunks.find((_, at) => only === undefined || only.chunks.has(at));
  if (first === undefined) return undefined;
  if ("url" in first) return first.url;
  if (urls === undefined) return undefined;
  const { path, versionId, signature } = first;
  const version = versionId === undefined ? "" : `&versionId=${encodeURIComponent(versionId)}`;
  return `${urls.base}${path}?${urls.query}${version}&X-Amz-Signature=${signature}`;
}
