import type { ArchiveSummary } from "@backuppc-archive-s3/backup-catalog";
import type { RestoreInput } from "@backuppc-archive-s3/restore-script";
import type { PredecessorSource } from "../predecessor/predecessor-source.ts";
import type { Site } from "../site.ts";
import { TOOL } from "../tool.ts";
import { urlSigner } from "./url-signer.ts";

/**
 * Finds the archive's chunks and signs a URL for each, and for the sums.
 *
 * @param expire how long the URLs shall work, seconds
 */
export async function signArchive(
  archive: ArchiveSummary,
  expire: number,
  site: Site,
): Promise<RestoreInput> {
  const source = site.predecessorOf(archive.id);
  return source === undefined
    ? await signOwn(archive, expire, site)
    : await signPredecessors(archive, expire, source);
}

async function signOwn(
  { id, status, started, finished, hasSums }: ArchiveSummary,
  expire: number,
  site: Site,
): Promise<RestoreInput> {
  const { chunks, tarBytes, compression, encryption } = await site.catalog.readManifest(id);
  const signer = urlSigner(expire, site);
  const signed = [];
  for (const { key, storedLength, sha256 } of chunks)
    signed.push({ key, storedLength, sha256, url: await signer.sign(key) });
  const sums = hasSums ? { sums: { url: await signer.sign(site.catalog.sumsKey(id)) } } : {};
  const about = { id, status, finished: finished ?? started, tarBytes, compression, encryption };
  return { ...about, chunks: signed, ...sums, ...signer.times(), tool: TOOL };
}

/** Of them, neither digests nor the tar's length are known. */
async function signPredecessors(
  { id: { host, number }, status, started, finished }: ArchiveSummary,
  expire: number,
  { archive: { compression, encryption }, site }: PredecessorSource,
): Promise<RestoreInput> {
  const signer = urlSigner(expire, site);
  const chunks = [];
  for (const { key, storedLength } of await site.catalog.listChunks({ host, number }))
    chunks.push({ key, storedLength, url: await signer.sign(key) });
  const about = { id: { host, number }, status, finished: finished ?? started };
  return { ...about, compression, encryption, chunks, ...signer.times(), tool: TOOL };
}
