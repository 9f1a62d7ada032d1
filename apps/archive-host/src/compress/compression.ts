import { basename } from "node:path";
import { filterProgram } from "./filter-program.ts";
import { gzip } from "./gzip.ts";

/** How each chunk is made smaller before it is encrypted. */
export interface Compressor {
  /** `none`, `gzip`, `bzip2`, or the program's name. */
  readonly name: string;
  /** What the chunk's name gets, such as `.gz`; `""` for none. */
  readonly suffix: string;
  /** @throws {ArchiveError} code `compression-failed` */
  compress(plain: AsyncIterable<Uint8Array>, signal: AbortSignal): AsyncIterable<Uint8Array>;
}

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
