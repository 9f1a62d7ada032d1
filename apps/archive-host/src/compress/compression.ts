import { basename } from "node:path";
import { ArchiveError } from "../archive-error.ts";
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
 *
 * @throws {ArchiveError} code `usage` for a name that a restore script could not run
 */
export function compressorFor(path: string, suffix = ""): Compressor {
  const program = basename(path);
  if (["", "cat", "none"].includes(program)) return NONE;
  if (["gzip", "pigz"].includes(program)) return gzip;
  if (!/^[A-Za-z0-9][A-Za-z0-9._+-]*$/.test(program)) throw impossible(program);
  return {
    name: program,
    suffix: suffix === "" ? suffixOf(program) : suffix,
    compress: (plain, signal) => filterProgram(path, plain, signal),
  };
}

/** Letters and digits alone, as file extensions are, and none is empty: the name has one of them at least. */
function suffixOf(program: string): string {
  return SUFFIXES[program] ?? `.${program.replaceAll(/[^A-Za-z0-9]/g, "")}`;
}

function impossible(program: string): ArchiveError {
  return new ArchiveError(
    "usage",
    `No restore script could run a compression program of this name: ${JSON.stringify(program)}.`,
    "Give it a name of letters, digits, dots, dashes, pluses and underscores.",
  );
}
