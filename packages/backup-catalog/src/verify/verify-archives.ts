import type { ObjectStore } from "@backuppc-archive-s3/s3-transport";
import type { ArchiveSummary } from "../catalog.ts";
import { callWith } from "../read/call-with.ts";
import type { Trust } from "../trust.ts";
import { ChunkLengths } from "./chunk-lengths.ts";
import { DamagedChunks } from "./damaged-chunks.ts";
import { verifyArchive } from "./verify-archive.ts";
import type { ArchiveCheck, DamagedChunk, VerifyOptions, VerifyReport } from "./verify-report.ts";

/**
 * Compares archives with what lists show, host by host: each chunk is listed once, whatever number of archives names it,
 * and once more where lists lack one.
 *
 * @throws {CatalogError} code `unsteady` if the store has what its lists lack
 */
export async function verifyArchives(
  store: ObjectStore,
  archives: readonly ArchiveSummary[],
  trust: Trust,
  options: VerifyOptions = {},
): Promise<VerifyReport> {
  const { signal } = options;
  const call = callWith(signal);
  const checks: ArchiveCheck[] = [];
  const damaged: DamagedChunk[] = [];
  for (const [host, ofHost] of byHost(archives)) {
    const lengths = new ChunkLengths(store, host, call);
    const found = new DamagedChunks(host);
    for (const archive of ofHost) {
      const parts = { store, lengths, damaged: found };
      const check = await verifyArchive(parts, archive, trust, options);
      options.onArchive?.(check);
      checks.push(check);
    }
    for (const chunk of found.all()) damaged.push(chunk);
  }
  return { archives: checks, damaged };
}

function byHost(archives: readonly ArchiveSummary[]): Map<string, ArchiveSummary[]> {
  const hosts = new Map<string, ArchiveSummary[]>();
  for (const archive of archives) {
    const ofHost = hosts.get(archive.id.host);
    if (ofHost === undefined) hosts.set(archive.id.host, [archive]);
    else ofHost.push(archive);
  }
  return hosts;
}
