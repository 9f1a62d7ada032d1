import type { Head, Manifest } from "../archive.ts";
import { parseChunkName } from "../keys.ts";
import { encodeRanges } from "../ranges.ts";

/** What a head says of its manifest. */
export type ManifestTotals = Pick<
  Head,
  "chunks" | "tarBytes" | "storedBytes" | "newChunks" | "newBytes" | "keeps"
>;

/**
 * Counts a manifest, and refuses one that contradicts itself: gaps or overlaps in the tar, or one chunk with two
 * lengths, digests or versions.
 *
 * @param fault makes what is thrown; its argument goes on from "the manifest"
 */
export function totalsOf(manifest: Manifest, fault: (what: string) => Error): ManifestTotals {
  const { attempt, chunks, tarBytes } = manifest;
  const seen = new Map<string, string>();
  const kept = new Map<string, number[]>();
  const totals = { storedBytes: 0, newChunks: 0, newBytes: 0 };
  let end = 0;
  for (const { name, versionId = "", tarOffset, tarLength, storedLength, sha256 } of chunks) {
    if (tarOffset !== end) throw fault(`has a gap or an overlap before ${name}`);
    end += tarLength;
    const content = `${sha256} ${storedLength} ${tarLength} ${versionId}`;
    const earlier = seen.get(name);
    if (earlier !== undefined && earlier !== content) throw fault(`has two contents of ${name}`);
    if (earlier !== undefined) continue;
    seen.set(name, content);
    totals.storedBytes += storedLength;
    const uploader = keep(name, kept, fault);
    if (uploader !== attempt) continue;
    totals.newChunks++;
    totals.newBytes += storedLength;
  }
  if (end !== tarBytes) throw fault(`ends at ${end} of ${tarBytes} bytes of the tar`);
  return { chunks: chunks.length, tarBytes, ...totals, keeps: keepsOf(kept, fault) };
}

/** Notes the chunk under the attempt that uploaded it, and says which that was. */
function keep(name: string, kept: Map<string, number[]>, fault: (what: string) => Error): string {
  const parsed = parseChunkName(name);
  if (parsed === undefined) throw fault(`names ${name}, which is no chunk`);
  const indices = kept.get(parsed.attempt) ?? [];
  indices.push(parsed.index);
  kept.set(parsed.attempt, indices);
  return parsed.attempt;
}

function keepsOf(
  kept: ReadonlyMap<string, number[]>,
  fault: (what: string) => Error,
): Record<string, string> {
  const sorted = [...kept].toSorted(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(
    sorted.map(([attempt, indices]) => {
      const ascending = indices.toSorted((one, other) => one - other);
      // With two suffixes one number would be two chunks, and a head names chunks by number.
      if (new Set(ascending).size < ascending.length)
        throw fault(`names two chunks of ${attempt} with one number`);
      return [attempt, encodeRanges(ascending)];
    }),
  );
}
