import type { ArchiveId } from "./archive.ts";
import { startOfAttempt } from "./attempt-id.ts";
import { CatalogError } from "./catalog-error.ts";
import { encodeHost } from "./host-name.ts";
import { LAST_CHUNK_INDEX } from "./ranges.ts";

/*
 * The layout of the store.
 *
 *   archives/<host>/<number>/<attempt>/started.json
 *   archives/<host>/<number>/<attempt>/KEY.1.gpg
 *   archives/<host>/<number>/<attempt>/members.0001.gz.gpg
 *   archives/<host>/<number>/<attempt>/manifest.json
 *   archives/<host>/<number>/<attempt>/SHA256SUMS.gpg
 *   archives/<host>/<number>/<attempt>/archive.json
 *   archives/<host>/<number>/<attempt>/complete.<chunks>.<bytes>.<new chunks>.<new bytes>.sig
 *   chunks/<host>/<attempt>/<attempt>.00000001.gz.gpg
 *   uploaders/<uploader>/signing-key.public.asc
 *   uploaders/<uploader>/<host>/canary.<id>.<number>.<claim|witness>
 */

/** What a marker's name says: counts as in the head. */
export interface MarkerName {
  /** `partial`: the source had errors. */
  readonly status: "complete" | "partial";
  readonly chunks: number;
  readonly storedBytes: number;
  readonly newChunks: number;
  readonly newBytes: number;
}

/** What the keys of all archives start with, or of one host's. */
export function archivesPrefix(host?: string): string {
  return host === undefined ? "archives/" : `archives/${encodeHost(host)}/`;
}

/** What the keys of the archive's records start with. */
export function archiveFolder(id: ArchiveId): string {
  return `${archivesPrefix(id.host)}${id.number}/${id.attempt}/`;
}

/** What the keys of all chunks start with, or of one host's. */
export function chunksPrefix(host?: string): string {
  return host === undefined ? "chunks/" : `chunks/${encodeHost(host)}/`;
}

export function startedKey(id: ArchiveId): string {
  return `${archiveFolder(id)}started.json`;
}

/** @param serial from 1; the highest counts */
export function dataKeyKey(id: ArchiveId, serial: number): string {
  return `${archiveFolder(id)}KEY.${serial}.gpg`;
}

/** @param part from 1 */
export function membersKey(id: ArchiveId, part: number, encrypted: boolean): string {
  return archiveFolder(id) + membersName(part, encrypted);
}

/** The last part of {@link membersKey}, as it stands in SHA256SUMS too. */
export function membersName(part: number, encrypted: boolean): string {
  return `members.${String(part).padStart(4, "0")}.gz${encrypted ? ".gpg" : ""}`;
}

export function manifestKey(id: ArchiveId): string {
  return `${archiveFolder(id)}manifest.json`;
}

export function sumsKey(id: ArchiveId, encrypted: boolean): string {
  return `${archiveFolder(id)}SHA256SUMS${encrypted ? ".gpg" : ""}`;
}

export function headKey(id: ArchiveId): string {
  return `${archiveFolder(id)}archive.json`;
}

export function markerKey(id: ArchiveId, marker: MarkerName): string {
  const { status, chunks, storedBytes, newChunks, newBytes } = marker;
  const name = [status, chunks, storedBytes, newChunks, newBytes, "sig"].join(".");
  return archiveFolder(id) + name;
}

/**
 * The name of a chunk below `chunks/<host>/`: used once, by nobody else, and saying nothing of its content.
 *
 * @param index from 1, in the order in which the attempt stores them
 * @param suffix how to undo it: compression, then encryption, such as `.gz.gpg`, `.gpg`, or `""`
 * @throws {CatalogError} code `too-large` above {@link LAST_CHUNK_INDEX}
 */
export function chunkName(attempt: string, index: number, suffix: string): string {
  if (index > LAST_CHUNK_INDEX) throw tooMany();
  return `${attempt}/${attempt}.${String(index).padStart(8, "0")}${suffix}`;
}

/** The key of a chunk by its name. */
export function chunkKey(host: string, name: string): string {
  return chunksPrefix(host) + name;
}

/** A chunk's name taken apart. */
export interface ParsedChunkName {
  /** That uploaded it. */
  readonly attempt: string;
  readonly index: number;
  readonly suffix: string;
}

/** The chunk's name taken apart, or undefined if {@link chunkName} did not make it. */
export function parseChunkName(name: string): ParsedChunkName | undefined {
  const [, folder = "", attempt, digits, suffix = ""] = CHUNK_NAME.exec(name) ?? [];
  if (folder !== attempt || startOfAttempt(attempt) === undefined) return undefined;
  const index = Number(digits);
  return index === 0 ? undefined : { attempt, index, suffix };
}

/** The name of a chunk's plaintext in SHA256SUMS, by its place in the stream from 1: `<host>.<number>.tar.00000001`. */
export function plainName(
  { host, number }: Pick<ArchiveId, "host" | "number">,
  place: number,
): string {
  return `${encodeHost(host)}.${number}.tar.${String(place).padStart(8, "0")}`;
}

/** @param uploader as in `started.json` */
export function uploaderKeyKey(uploader: string): string {
  return `${UPLOADERS_PREFIX}${uploader}/signing-key.public.asc`;
}

/** A canary, as in the header of the host's chunk index. */
export interface CanaryName {
  readonly id: string;
  readonly number: number;
  readonly kind: "claim" | "witness";
}

export function canaryKey(
  uploader: string,
  host: string,
  { id, number, kind }: CanaryName,
): string {
  return `${UPLOADERS_PREFIX}${uploader}/${encodeHost(host)}/canary.${id}.${number}.${kind}`;
}

/** What the keys of all signing keys and canaries start with. */
export const UPLOADERS_PREFIX = "uploaders/";

/** A canary's key taken apart, or undefined if {@link canaryKey} did not make it. */
export function parseCanaryKey(
  key: string,
): { readonly series: string; readonly number: number; readonly kind: string } | undefined {
  const [, series, number, kind] = CANARY_KEY.exec(key) ?? [];
  if (series === undefined || kind === undefined) return undefined;
  return { series, number: Number(number), kind };
}

const CANARY_KEY = /^(uploaders\/[^/]+\/[^/]+\/canary\.[^/.]+)\.(\d{1,15})\.(claim|witness)$/;

const CHUNK_NAME = /^([^/.]+)\/([^/.]+)\.(\d{8})((?:\.[A-Za-z0-9]{1,16}){0,2})$/;

function tooMany(): CatalogError {
  return new CatalogError("too-large", `The archive has more than ${LAST_CHUNK_INDEX} chunks.`);
}
