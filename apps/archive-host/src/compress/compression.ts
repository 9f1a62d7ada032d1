import { basename } from "node:path";
import { filterProgram } from "./filter-program.ts";
import type { Compressor } from "./compressor.ts";
import { gzip } from "./gzip.ts";

/** Names that programs give to their output where BackupPC gives none. */
const SUFFIXES: Readonly<Record<string, string>> = {
  bzip2: ".bz2",
  lbzip2: ".bz2",
  pbzip2: ".bz2",
  xz: ".xz",
  zstd: ".zst",
  lz4: ".lz4",
};

const NONE: Compressor = { name: "none", suffix: "", compress: (plain) => plain };

/**
 * The compression for a program as BackupPC names it: `/bin/cat` or nothing is
 * none, gzip and pigz are done in this process, any other runs as a filter.
 */
export function compressorFor(path: string, suffix = ""): Compressor {
  const program = basename(path);
  if (["", "cat", "none"].includes(program)) return NONE;
  if (["gzip", "pigz"].includes(program)) return gzip;
  return {
    name: program,
    suffix: suffix === "" ? (SUFFIXES[program] ?? `.${program}`) : suffix,
    compress: (plain, signal) => filterProgram(path, plain, signal),
  };
}
