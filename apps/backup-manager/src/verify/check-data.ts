import { type Head, sampleChunks } from "@backuppc-archive-s3/backup-catalog";
import { ManagerError } from "../manager-error.ts";
import type { Site } from "../site.ts";
import { errorLine } from "../text/error-line.ts";
import { type ArchiveInCheck, beginCheck, type ReadArchive } from "./archive-in-check.ts";
import { type PlainChunk, readPlainChunk } from "./chunk-data.ts";
import type { CheckedData, DataCheck } from "./checked-data.ts";
import { damageIn } from "./damage-in.ts";
import { type SharedChunk, sharedChunks } from "./shared-chunks.ts";
import { startTarCheck, type TarCheck } from "./tar-check.ts";

/**
 * Downloads chunks of one host's archives, each once, decrypts and decompresses them, and compares with the
 * SHA256SUMS of every archive that uses them. At 100 percent the tar of the first archive is read, too.
 *
 * @param archives the newest first
 */
export async function checkData(
  archives: readonly ReadArchive[],
  check: DataCheck,
  site: Site,
): Promise<ReadonlyMap<Head, CheckedData>> {
  const results = new Map<Head, CheckedData>();
  const openable: ArchiveInCheck[] = [];
  for (const archive of archives) {
    const begun = await beginCheck(archive, check, site);
    results.set(archive.head, begun.result);
    if ("opener" in begun) openable.push(begun);
  }
  try {
    await checkChunks(openable, check, site);
  } catch (error) {
    // What this machine lacks is no fault of an archive; other hosts have the same to say.
    if (!(error instanceof ManagerError)) throw error;
    for (const { result } of openable) result.error = errorLine(error);
  }
  return results;
}

async function checkChunks(
  archives: readonly ArchiveInCheck[],
  check: DataCheck,
  site: Site,
): Promise<void> {
  const chunks = sampleChunks(sharedChunks(archives), check.percent);
  const [first] = archives;
  const isWhole = check.percent === 100 && first?.result.findings.length === 0;
  const tar = isWhole ? await startTarCheck(first, site) : undefined;
  try {
    for (const [index, chunk] of chunks.entries()) {
      const plain = await checkChunk(chunk, site);
      if (plain !== undefined) await readOn(tar, first, chunk, plain);
      check.onProgress(index + 1, chunks.length);
    }
    if (tar !== undefined && first?.result.findings.length === 0)
      first.result.findings.push(...(await tar.findings()));
  } finally {
    tar?.stop();
  }
}

/** Where a chunk is damaged, the tar is too, and nothing more is learnt from it. */
async function readOn(
  tar: TarCheck | undefined,
  archive: ArchiveInCheck | undefined,
  chunk: SharedChunk<ArchiveInCheck>,
  plain: PlainChunk,
): Promise<void> {
  if (archive?.result.findings.length === 0) await tar?.take(chunk, plain);
}

/** Counts the chunk for the first archive, and what is wrong with it for each. */
async function checkChunk(
  { entry, uses }: SharedChunk<ArchiveInCheck>,
  site: Site,
): Promise<PlainChunk | undefined> {
  const [first] = uses;
  if (first === undefined) return undefined;
  const { result, opener, head } = first.archive;
  const key = site.catalog.chunkKey(head.host, entry.name);
  result.chunks += 1;
  result.bytes += entry.storedLength;
  try {
    const plain = await readPlainChunk(entry, opener, site);
    for (const { archive, place } of uses) {
      const expected = archive.plainSha256?.[place];
      if (expected === undefined || expected === plain.sha256) continue;
      const reason = `its plaintext has SHA-256 ${plain.sha256}; SHA256SUMS says ${expected}`;
      archive.result.findings.push({ kind: "damaged", key, reason });
    }
    return plain;
  } catch (error) {
    const finding = damageIn(key, error);
    for (const archive of new Set(uses.map((use) => use.archive)))
      archive.result.findings.push(finding);
    return undefined;
  }
}
