import { createHash } from "node:crypto";
import { parseChunkName } from "@backuppc-archive-s3/backup-catalog";
import * as z from "zod";
import { INDEX_FORMAT, type IndexHeader, indexHeaderSchema } from "./index-header.ts";
import type { IndexedChunk } from "./indexed-chunk.ts";

/*
 * The chunk index as text: a line for the header, then a line for each chunk. A line is a checksum, a space and JSON. The checksum
 * of a chunk's line includes the epoch, so that lines of two files that a repair of the file system has joined are not mixed.
 */

/** What a chunk index holds. */
export interface ReadIndex {
  readonly header: IndexHeader;
  /** By digest. */
  readonly chunks: Map<string, IndexedChunk>;
  /** Lines that were torn or wrong, and left out. */
  readonly dropped: number;
}

/** The header's line, with its line feed. */
export function headerLine(header: IndexHeader): string {
  return line(JSON.stringify(header), "");
}

/** A chunk's line, with its line feed. */
export function chunkLine(epoch: string, chunk: IndexedChunk): string {
  const { digest, plainLength, name, storedLength, sha256, stored } = chunk;
  const { versionId = null, holdUntil = null, lockUntil = null } = chunk;
  const fields = [digest, plainLength, name, storedLength, sha256, stored];
  return line(JSON.stringify([...fields, versionId, holdUntil, lockUntil]), epoch);
}

/** Reads an index. Of two lines for one plaintext the later one holds. Gives why it can't be used, where it can't. */
export function readIndexText(text: Buffer): ReadIndex | { readonly why: string } {
  const lines = linesOf(text);
  const first = lines.next();
  const header = first.done === true ? undefined : headerOf(first.value);
  if (header === undefined) return { why: "the chunk index is damaged" };
  if ("why" in header) return header;
  const chunks = new Map<string, IndexedChunk>();
  let dropped = 0;
  for (const bytes of lines) {
    if (bytes.length === 0) continue;
    const chunk = chunkOf(bytes, header.epoch);
    if (chunk === undefined) dropped += 1;
    else chunks.set(chunk.digest, chunk);
  }
  return { header, chunks, dropped };
}

const LINE_FEED = 10;
/** Characters of a checksum, and the space behind it. */
const CHECKSUM = 16;

function* linesOf(text: Buffer): Generator<Buffer, undefined> {
  for (let at = 0; at < text.length;) {
    const end = text.indexOf(LINE_FEED, at);
    // A last line without its end is torn, and fails its checksum.
    yield text.subarray(at, end === -1 ? text.length : end);
    at = end === -1 ? text.length : end + 1;
  }
  return undefined;
}

function line(json: string, epoch: string): string {
  return `${checksum(json, epoch)} ${json}\n`;
}

function checksum(json: string, epoch: string): string {
  return createHash("sha256").update(`${epoch}\n${json}`).digest("hex").slice(0, CHECKSUM);
}

/** Bytes of a line: a header with a thousand recipients has a tenth of that. */
const LONGEST_LINE = 1_048_576;

/** The JSON of a line that is whole. */
function jsonOf(bytes: Buffer, epoch: string): unknown {
  if (bytes.length > LONGEST_LINE) return undefined;
  const text = bytes.toString();
  const json = text.slice(CHECKSUM + 1);
  if (text !== `${checksum(json, epoch)} ${json}`) return undefined;
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

const otherFormat = z.object({ format: z.number() });

function headerOf(bytes: Buffer): IndexHeader | { readonly why: string } | undefined {
  const json = jsonOf(bytes, "");
  const known = indexHeaderSchema.safeParse(json);
  if (known.success) return known.data;
  const other = otherFormat.safeParse(json);
  if (!other.success || other.data.format === INDEX_FORMAT) return undefined;
  return { why: "another version of the program wrote the chunk index" };
}

/** Milliseconds, few enough for a date. */
const time = z.number().nonnegative().max(8.64e15);
const digest = z.string().regex(/^[0-9a-f]{64}$/);
const name = z.string().refine((text) => parseChunkName(text) !== undefined);
const chunkSchema = z
  .tuple([
    digest,
    z.int().positive(),
    name,
    z.int().nonnegative(),
    digest,
    time,
    z.string().nullable(),
    time.nullable(),
    time.nullable(),
  ])
  .transform(
    ([
      plain,
      plainLength,
      chunk,
      storedLength,
      sha256,
      stored,
      versionId,
      holdUntil,
      lockUntil,
    ]) => ({
      digest: plain,
      plainLength,
      name: chunk,
      storedLength,
      sha256,
      stored,
      ...(versionId !== null && { versionId }),
      ...(holdUntil !== null && { holdUntil }),
      ...(lockUntil !== null && { lockUntil }),
    }),
  );

function chunkOf(bytes: Buffer, epoch: string): IndexedChunk | undefined {
  const json = jsonOf(bytes, epoch);
  return json === undefined ? undefined : chunkSchema.safeParse(json).data;
}
