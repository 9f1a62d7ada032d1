import type { CallOptions, ObjectStore } from "@backuppc-archive-s3/s3-transport";
import type { ArchiveId, Manifest } from "../archive.ts";
import { CatalogError } from "../catalog-error.ts";
import { archiveFolder, chunksFolder, type MarkerName, parseKey, sumsKey } from "../keys.ts";
import { readManifest } from "../read-archive.ts";
import type { Finding } from "./finding.ts";

/**
 * Compares the manifest with what lists tell: every chunk is there and has its length. Reads no
 * chunk. Requests: one for the records, one for the manifest, one for 1,000 chunks.
 */
export async function verifyArchive(
  store: ObjectStore,
  prefix: string,
  id: ArchiveId,
  options?: CallOptions,
): Promise<Finding[]> {
  const { marker, hasSums } = await findRecords(store, prefix, id, options);
  const findings: Finding[] = [];
  if (marker === undefined) findings.push({ kind: "no-marker" });
  if (!hasSums) findings.push({ kind: "no-sums", key: prefix + sumsKey(id) });
  const manifest = await manifestOrFinding(store, prefix, id, options);
  if ("kind" in manifest) return [...findings, manifest];
  if (marker !== undefined) findings.push(...disagreement(marker, manifest));
  return [...findings, ...(await verifyChunks(store, prefix, manifest, options))];
}

async function findRecords(
  store: ObjectStore,
  prefix: string,
  id: ArchiveId,
  options?: CallOptions,
): Promise<{ marker?: MarkerName; hasSums: boolean }> {
  let marker: MarkerName | undefined;
  let hasSums = false;
  for await (const { key } of store.list(prefix + archiveFolder(id), options)) {
    const parsed = parseKey(key.slice(prefix.length));
    if (parsed?.kind === "marker") marker = parsed.marker;
    if (parsed?.kind === "sums") hasSums = true;
  }
  return { hasSums, ...(marker !== undefined && { marker }) };
}

async function manifestOrFinding(
  store: ObjectStore,
  prefix: string,
  id: ArchiveId,
  options?: CallOptions,
): Promise<Manifest | Finding> {
  try {
    return await readManifest(store, prefix, id, options);
  } catch (error) {
    if (error instanceof CatalogError) return { kind: "bad-manifest", reason: error.message };
    throw error;
  }
}

function disagreement(marker: MarkerName, { chunks }: Manifest): Finding[] {
  const storedBytes = chunks.reduce((sum, chunk) => sum + chunk.storedLength, 0);
  if (marker.chunks === chunks.length && marker.storedBytes === storedBytes) return [];
  const told = `${marker.chunks} chunks and ${marker.storedBytes} bytes by the marker`;
  const reason = `${told}, ${chunks.length} and ${storedBytes} by the manifest`;
  return [{ kind: "marker-disagrees", reason }];
}

async function verifyChunks(
  store: ObjectStore,
  prefix: string,
  manifest: Manifest,
  options?: CallOptions,
): Promise<Finding[]> {
  const expected = new Map(manifest.chunks.map(({ key, storedLength }) => [key, storedLength]));
  const findings: Finding[] = [];
  for await (const { key, length } of store.list(prefix + chunksFolder(manifest), options)) {
    const storedLength = expected.get(key);
    expected.delete(key);
    if (storedLength === undefined) findings.push({ kind: "extra", key });
    else if (storedLength !== length)
      findings.push({ kind: "wrong-length", key, expected: storedLength, found: length });
  }
  const missing = [...expected.keys()].map((key) => ({ kind: "missing" as const, key }));
  return [...missing, ...findings];
}
