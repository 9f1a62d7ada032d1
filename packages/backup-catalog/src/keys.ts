import type { ArchiveId } from "./archive.ts";
import { startOfAttempt } from "./attempt-id.ts";
import { decodeHost, encodeHost } from "./host-name.ts";

/*
 * The layout of the store. All keys here are relative to the store's prefix.
 *
 *   archives/<host>/<number>/<attempt>/started.json
 *   archives/<host>/<number>/<attempt>/manifest.json
 *   archives/<host>/<number>/<attempt>/SHA256SUMS.gpg
 *   archives/<host>/<number>/<attempt>/complete.<chunks>.<stored bytes>.json
 *   chunks/<host>/<number>/<attempt>/<host>.<number>.tar.00000001.gz.gpg
 */

/** What a marker's name tells. */
export interface MarkerName {
  /** `partial`: the source had errors. */
  readonly status: "complete" | "partial";
  readonly chunks: number;
  readonly storedBytes: number;
}

/** A key that belongs to an archive, taken apart. */
export type ParsedKey =
  | { readonly kind: "started" | "manifest" | "sums"; readonly id: ArchiveId }
  | { readonly kind: "marker"; readonly id: ArchiveId; readonly marker: MarkerName }
  | {
      readonly kind: "chunk";
      readonly id: ArchiveId;
      readonly index: number;
      readonly suffix: string;
    };

/** The key taken apart, or undefined if it is none of ours. */
export function parseKey(key: string): ParsedKey | undefined {
  const [root, segment, number, attempt, name, ...more] = key.split("/");
  if (name === undefined || more.length > 0) return undefined;
  const id = parseId(segment, number, attempt);
  if (id === undefined) return undefined;
  if (root === "archives") return parseRecord(id, name);
  if (root === "chunks") return parseChunk(id, name);
  return undefined;
}

/** What every key of the archives starts with, or of one host's. */
export function archivesPrefix(host?: string): string {
  return host === undefined ? "archives/" : `archives/${encodeHost(host)}/`;
}

/** What the keys of the archive's started.json, manifest, sums and marker start with. */
export function archiveFolder(id: ArchiveId): string {
  return `${archivesPrefix(id.host)}${id.number}/${id.attempt}/`;
}

/** What every chunk's key starts with. */
export const CHUNKS_PREFIX = "chunks/";

/** What the keys of the archive's chunks start with. */
export function chunksFolder(id: ArchiveId): string {
  return `${CHUNKS_PREFIX}${encodeHost(id.host)}/${id.number}/${id.attempt}/`;
}

export function startedKey(id: ArchiveId): string {
  return archiveFolder(id) + STARTED;
}

export function manifestKey(id: ArchiveId): string {
  return archiveFolder(id) + MANIFEST;
}

export function sumsKey(id: ArchiveId): string {
  return archiveFolder(id) + SUMS;
}

export function markerKey(id: ArchiveId, marker: MarkerName): string {
  return `${archiveFolder(id)}${marker.status}.${marker.chunks}.${marker.storedBytes}.json`;
}

/** The name of the whole tar, which a chunk's name starts with: `<host>.<number>.tar`. */
export function tarName(id: ArchiveId): string {
  return `${encodeHost(id.host)}.${id.number}.tar`;
}

/** @param index from 1; @param suffix of the compression and encryption, such as `.gz.gpg` */
export function chunkKey(id: ArchiveId, index: number, suffix: string): string {
  return `${chunksFolder(id)}${tarName(id)}.${String(index).padStart(INDEX_DIGITS, "0")}${suffix}`;
}

/** Names sort in stream order up to here. */
export const LAST_CHUNK_INDEX = 99_999_999;

const INDEX_DIGITS = 8;
const STARTED = "started.json";
const MANIFEST = "manifest.json";
const SUMS = "SHA256SUMS.gpg";
const MARKER = /^(complete|partial)\.([1-9]\d*)\.(0|[1-9]\d*)\.json$/;
const CHUNK_TAIL = /^\.(\d{8})((?:\.[A-Za-z0-9]+){0,2})$/;

function parseId(segment = "", digits = "", attempt = ""): ArchiveId | undefined {
  const host = decodeHost(segment);
  const number = parseCount(digits);
  if (host === undefined || number === undefined) return undefined;
  return startOfAttempt(attempt) === undefined ? undefined : { host, number, attempt };
}

function parseRecord(id: ArchiveId, name: string): ParsedKey | undefined {
  if (name === STARTED) return { kind: "started", id };
  if (name === MANIFEST) return { kind: "manifest", id };
  if (name === SUMS) return { kind: "sums", id };
  const match = MARKER.exec(name);
  const chunks = parseCount(match?.[2]);
  const storedBytes = parseCount(match?.[3]);
  if (chunks === undefined || storedBytes === undefined) return undefined;
  const status = match?.[1] === "complete" ? "complete" : "partial";
  return { kind: "marker", id, marker: { status, chunks, storedBytes } };
}

function parseChunk(id: ArchiveId, name: string): ParsedKey | undefined {
  const tar = tarName(id);
  const match = name.startsWith(tar) ? CHUNK_TAIL.exec(name.slice(tar.length)) : null;
  const index = Number(match?.[1] ?? 0);
  return index === 0 ? undefined : { kind: "chunk", id, index, suffix: match?.[2] ?? "" };
}

/** Decimal without leading zeros, as we write it: another spelling is another key. */
function parseCount(digits = ""): number | undefined {
  if (!/^(0|[1-9]\d*)$/.test(digits)) return undefined;
  const count = Number(digits);
  return Number.isSafeInteger(count) ? count : undefined;
}
