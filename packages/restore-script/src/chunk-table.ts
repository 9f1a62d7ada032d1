import { asFileName, asUrl } from "./quote.ts";
import type { RestoreChunk } from "./restore-input.ts";
import { RestoreScriptError } from "./restore-script-error.ts";

/**
 * A line a chunk: name, bytes, SHA-256 (`-`: nobody knows), URL, parted by single spaces. None
 * of them holds a space or a line feed, so no line can end the here-document that it stands in.
 */
export function chunkTable(chunks: readonly RestoreChunk[]): string {
  if (chunks.length === 0) {
    throw new RestoreScriptError(
      "no-chunks",
      "The archive has no chunks.",
      "Choose another archive of the host.",
    );
  }
  const lines = chunks.map(tableLine);
  refuseTwins(chunks);
  refuseGaps(chunks);
  return lines.join("\n");
}

/** Whether the chunks can be checked: the SHA-256 of all of them is known, or of none. */
export function hasDigests(chunks: readonly RestoreChunk[]): boolean {
  return chunks.some(({ sha256 }) => sha256 !== undefined);
}

/** What the chunk's file is called where the script keeps it: the last part of its key. */
export function chunkName(key: string): string {
  return asFileName(key.slice(key.lastIndexOf("/") + 1));
}

function tableLine({ key, storedLength, sha256, url }: RestoreChunk): string {
  if (!Number.isSafeInteger(storedLength) || storedLength < 0) throw badChunk(key, "length");
  if (sha256 !== undefined && !/^[0-9a-f]{64}$/.test(sha256)) throw badChunk(key, "SHA-256");
  if (!/^https?:\/\//.test(url)) throw badChunk(key, "URL");
  const name = chunkName(key);
  if (name === "") throw badChunk(key, "name");
  return `${name} ${storedLength} ${sha256 ?? "-"} ${asUrl(url)}`;
}

function refuseTwins(chunks: readonly RestoreChunk[]): void {
  const names = new Set<string>();
  for (const { key } of chunks) {
    const name = chunkName(key);
    if (names.has(name)) throw badChunk(key, "name, which another chunk has too");
    names.add(name);
  }
}

function refuseGaps(chunks: readonly RestoreChunk[]): void {
  const gap = chunks.find(({ sha256 }) => sha256 === undefined);
  if (gap !== undefined && hasDigests(chunks)) throw badChunk(gap.key, "SHA-256: none");
}

function badChunk(key: string, what: string): RestoreScriptError {
  return new RestoreScriptError(
    "bad-chunk",
    `The chunk ${JSON.stringify(key)} has an impossible ${what}.`,
    "Check the archive's manifest.",
  );
}
