import type { ArchiveId } from "./archive.ts";
import { startOfAttempt } from "./attempt-id.ts";
import { decodeHost } from "./host-name.ts";
import type { MarkerName } from "./keys.ts";

/** The key of a record of an archive, taken apart. */
export type ParsedKey = { readonly id: ArchiveId } & ParsedRecord;

/** What a record is, by the last part of its key. */
export type ParsedRecord =
  | { readonly kind: "started" | "manifest" | "head" }
  | { readonly kind: "sums"; readonly encrypted: boolean }
  | { readonly kind: "key"; readonly serial: number }
  | { readonly kind: "members"; readonly part: number; readonly encrypted: boolean }
  | { readonly kind: "marker"; readonly marker: MarkerName };

/** The key of a record of an archive taken apart, or undefined if it is none of ours. */
export function parseKey(key: string): ParsedKey | undefined {
  const [root, segment, number, attempt, name, ...more] = key.split("/");
  if (root !== "archives" || name === undefined || more.length > 0) return undefined;
  const id = parseId(segment, number, attempt);
  const record = parseRecord(name);
  return id === undefined || record === undefined ? undefined : { id, ...record };
}

const MARKER = /^(complete|partial)\.(\d+)\.(\d+)\.(\d+)\.(\d+)\.sig$/;
const KEY = /^KEY\.(\d{1,6})\.gpg$/;
const MEMBERS = /^members\.(\d{4})\.gz(\.gpg)?$/;

const FIXED: ReadonlyMap<string, ParsedRecord> = new Map<string, ParsedRecord>([
  ["started.json", { kind: "started" }],
  ["manifest.json", { kind: "manifest" }],
  ["archive.json", { kind: "head" }],
  ["SHA256SUMS.gpg", { kind: "sums", encrypted: true }],
  ["SHA256SUMS", { kind: "sums", encrypted: false }],
]);

function parseRecord(name: string): ParsedRecord | undefined {
  const fixed = FIXED.get(name);
  if (fixed !== undefined) return fixed;
  const key = KEY.exec(name);
  if (key !== null) {
    const serial = parseCount(key[1]);
    return serial === undefined || serial === 0 ? undefined : { kind: "key", serial };
  }
  const members = MEMBERS.exec(name);
  if (members === null) return parseMarker(name);
  const part = Number(members[1]);
  return part === 0 ? undefined : { kind: "members", part, encrypted: members[2] !== undefined };
}

function parseMarker(name: string): ParsedRecord | undefined {
  const match = MARKER.exec(name);
  const [chunks, storedBytes, newChunks, newBytes] = (match ?? []).slice(2).map(parseCount);
  if (chunks === undefined || chunks === 0 || storedBytes === undefined) return undefined;
  if (newChunks === undefined || newBytes === undefined) return undefined;
  const status = match?.[1] === "complete" ? "complete" : "partial";
  return { kind: "marker", marker: { status, chunks, storedBytes, newChunks, newBytes } };
}

function parseId(segment = "", digits = "", attempt = ""): ArchiveId | undefined {
  const host = decodeHost(segment);
  const number = parseCount(digits);
  if (host === undefined || number === undefined || startOfAttempt(attempt) === undefined)
    return undefined;
  return { host, number, attempt };
}

/** Decimal without leading zeros, as we write it: another spelling is another key. */
function parseCount(digits = ""): number | undefined {
  if (!/^(0|[1-9]\d{0,15})$/.test(digits)) return undefined;
  const count = Number(digits);
  return Number.isSafeInteger(count) ? count : undefined;
}
