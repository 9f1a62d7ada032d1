import type { CallOptions, ObjectStore } from "@backuppc-archive-s3/s3-transport";
import type { ArchiveId, Head, Manifest } from "../archive.ts";
import type { ArchiveSummary, OpenedArchive, StoredHead } from "../catalog.ts";
import { CatalogError } from "../catalog-error.ts";
import { chunkKey, markerKey } from "../keys.ts";
import { callWith } from "../read/call-with.ts";
import { confirmAbsent } from "../read/confirm-absent.ts";
import { listRecords, type StoredRecord } from "../read/list-records.ts";
import { openArchive } from "../read/open-archive.ts";
import { loadHead } from "../read/read-head.ts";
import { readManifest } from "../read/read-manifest.ts";
import type { Trust, TrustState } from "../trust.ts";
import type { ChunkLengths } from "./chunk-lengths.ts";
import type { DamagedChunks } from "./damaged-chunks.ts";
import type { Finding } from "./finding.ts";
import { verifyRecords } from "./verify-records.ts";
import type { ArchiveCheck, VerifyOptions } from "./verify-report.ts";

interface Parts {
  readonly store: ObjectStore;
  /** Of the host's chunks. */
  readonly lengths: ChunkLengths;
  /** Called with each damaged chunk. */
  readonly damaged: DamagedChunks;
}

/**
 * Checks one archive. Requests: one for its records, and one for each of head, marker and manifest; more where something
 * is not as it must be.
 */
export async function verifyArchive(
  parts: Parts,
  archive: ArchiveSummary,
  trust: Trust,
  { signal, onManifest }: VerifyOptions,
): Promise<ArchiveCheck> {
  const { store } = parts;
  const call = callWith(signal);
  const records = await listRecords(store, archive.id, call);
  const opened = await openOrFinding(store, archive.id, records, trust, call);
  if ("kind" in opened) {
    const hasMarker = records.some(({ record }) => record.kind === "marker");
    return { archive, findings: [...(hasMarker ? [] : [NO_MARKER]), opened] };
  }
  const findings = [
    ...unverified(opened.trust),
    ...(await recordFindings(store, opened.head, records, call)),
  ];
  const manifest = await manifestOrFinding(store, opened, call);
  if ("kind" in manifest) return { archive, opened, findings: [...findings, manifest] };
  const ofChunks = await verifyChunks(parts, manifest);
  await onManifest?.(opened, manifest);
  return { archive, opened, findings: [...findings, ...ofChunks] };
}

const NO_MARKER: Finding = { kind: "no-marker" };

async function openOrFinding(
  store: ObjectStore,
  id: ArchiveId,
  records: readonly StoredRecord[],
  trust: Trust,
  call: CallOptions,
): Promise<OpenedArchive | Finding> {
  try {
    const read = async (): Promise<StoredHead> => await loadHead(store, id, records, call);
    return await openArchive(read, trust);
  } catch (error) {
    if (!(error instanceof CatalogError)) throw error;
    return { kind: error.code === "refused" ? "refused" : "bad-head", reason: error.message };
  }
}

/** What is missing is asked for by another list, and then by itself. */
async function recordFindings(
  store: ObjectStore,
  head: Head,
  records: readonly StoredRecord[],
  call: CallOptions,
): Promise<Finding[]> {
  const missing = (found: readonly Finding[]): string[] =>
    found.flatMap((finding) => (MISSING.has(finding.kind) && "key" in finding ? finding.key : []));
  let findings = verifyRecords(head, records);
  if (missing(findings).length > 0) {
    const again = await listRecords(store, head, call);
    const all = new Map([...records, ...again].map((one) => [one.item.key, one]));
    findings = verifyRecords(head, [...all.values()]);
  }
  const hasMarker = records.some(({ record }) => record.kind === "marker");
  const marker = hasMarker ? [] : [markerKey(head, head)];
  await confirmAbsent(store, [...marker, ...missing(findings)], call);
  return findings;
}

const MISSING: ReadonlySet<Finding["kind"]> = new Set<Finding["kind"]>([
  "no-sums",
  "no-key",
  "missing-members",
]);

async function manifestOrFinding(
  store: ObjectStore,
  { head }: OpenedArchive,
  call: CallOptions,
): Promise<Manifest | Finding> {
  try {
    return await readManifest(store, head, call);
  } catch (error) {
    if (error instanceof CatalogError) return { kind: "bad-manifest", reason: error.message };
    throw error;
  }
}

function unverified(trust: TrustState): Finding[] {
  if (trust.state === "verified") return [];
  if (trust.reason === "no-marker") return [NO_MARKER];
  if (trust.reason === "no-signers" || trust.reason === "bad-signature")
    return [{ kind: "not-verified", reason: trust.reason }];
  return [{ kind: "bad-signature", reason: REASONS[trust.reason] }];
}

const REASONS = {
  "two-markers": "The archive has two markers.",
  "marker-disagrees": "The marker's name does not agree with archive.json.",
} as const;

async function verifyChunks({ lengths, damaged }: Parts, manifest: Manifest): Promise<Finding[]> {
  const findings: Finding[] = [];
  const seen = new Set<string>();
  const listed = await lengths.of(manifest.chunks.map(({ name }) => name));
  for (const { name, storedLength } of manifest.chunks) {
    const found = listed.get(name);
    if (seen.has(name) || found === storedLength) continue;
    seen.add(name);
    const key = chunkKey(manifest.host, name);
    const kind = found === undefined ? "missing" : "wrong-length";
    damaged.add(name, kind, idOf(manifest));
    if (found === undefined) findings.push({ kind: "missing", key });
    else findings.push({ kind: "wrong-length", key, expected: storedLength, found });
  }
  return findings;
}

function idOf({ host, number, attempt }: ArchiveId): ArchiveId {
  return { host, number, attempt };
}
