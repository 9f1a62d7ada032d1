import { createHash } from "node:crypto";
import { type CutOptions, cutTar, type Member, type TarCount } from "../src/index.ts";
import { inPieces } from "./in-pieces.ts";

export const KEY = new Uint8Array(32).fill(7);
/** The smallest mean: the same rules with short streams. */
export const MEAN = 65_536;

/** What came out of a stream. */
export interface Cut {
  readonly chunks: readonly Uint8Array[];
  readonly offsets: readonly number[];
  readonly members: readonly Member[];
  readonly count: TarCount;
  readonly length: number;
}

/** Cuts bytes that come in pieces of these lengths. */
export async function cut(
  tar: Uint8Array,
  { pieces, ...options }: Partial<CutOptions> & { readonly pieces?: readonly number[] } = {},
): Promise<Cut> {
  const members: Member[] = [];
  const onMember = (member: Member): unknown => members.push(member);
  const stream = cutTar(inPieces(tar, pieces), { key: KEY, mean: MEAN, onMember, ...options });
  const chunks: Uint8Array[] = [];
  const offsets: number[] = [];
  for await (const { bytes, offset } of stream.chunks) {
    chunks.push(bytes);
    offsets.push(offset);
  }
  return { chunks, offsets, members, count: stream.count(), length: stream.length() };
}

/** Chunks of the second cut that the first one does not have. */
export function newChunks(before: Cut, after: Cut): number {
  const known = new Set(before.chunks.map(digest));
  return after.chunks.filter((chunk) => !known.has(digest(chunk))).length;
}

function digest(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
