import type { Compression } from "@backuppc-archive-s3/backup-catalog";
import { throughProgram } from "../program/through-program.ts";

/** Undoes the compression of a chunk, by the program that a restore would use. */
export function decompress(
  bytes: AsyncIterable<Uint8Array>,
  { name, suffix }: Compression,
): AsyncIterable<Uint8Array> {
  if (name === "none") return bytes;
  return throughProgram(bytes, [BY_SUFFIX[suffix] ?? name, "-dc"]);
}

/** What every system has for the suffix, whichever program compressed it. */
const BY_SUFFIX: Readonly<Record<string, string>> = {
  ".gz": "gzip",
  ".bz2": "bzip2",
  ".xz": "xz",
  ".zst": "zstd",
  ".lz4": "lz4",
};
