import type { ArchiveSummary } from "@backuppc-archive-s3/backup-catalog";
import type { RestoreInput } from "@backuppc-archive-s3/restore-script";
import type { Site } from "../site.ts";
import { TOOL } from "../tool.ts";

/**
 * Reads the manifest and signs a URL for each chunk, and for the sums.
 *
 * @param expire how long the URLs shall work, seconds
 */
export async function signArchive(
  { id, status, started, finished, hasSums }: ArchiveSummary,
  expire: number,
  site: Site,
): Promise<RestoreInput> {
  const { chunks, tarBytes, compression, encryption } = await site.catalog.readManifest(id);
  const created = new Date();
  let expires = new Date(created.getTime() + expire * 1000);
  const asked = expires;
  const sign = async (key: string): Promise<string> => {
    const signed = await site.presign(key, expire);
    if (signed.expires < expires) expires = signed.expires;
    return signed.url;
  };
  const signedChunks = [];
  for (const { key, storedLength, sha256 } of chunks)
    signedChunks.push({ key, storedLength, sha256, url: await sign(key) });
  const sums = hasSums ? { sums: { url: await sign(site.catalog.sumsKey(id)) } } : {};
  const about = { id, status, finished: finished ?? started, tarBytes, compression, encryption };
  return { ...about, chunks: signedChunks, ...sums, expires, asked, created, tool: TOOL };
}
