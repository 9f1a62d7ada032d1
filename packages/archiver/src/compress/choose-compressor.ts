import { basename } from "node:path";
import { ArchiverError } from "../archiver-error.ts";
import type { Compressor } from "./compressor.ts";
import { filterCompressor } from "./filter-compressor.ts";
import { chooseGzip } from "./gzip.ts";

export interface CompressorChoice {
  /** `""`, `none` or a path of cat: none; gzip, pigz or a path of one: gzip; otherwise the path of a filter program. */
  readonly program: string;
  /** What the program's output is called, such as `.zst`; found by its name unless given. */
  readonly suffix?: string;
  /** For gzip and bzip2, 1 to 9; each program's own unless given. */
  readonly level?: number | undefined;
  /** Chunks that are compressed at a time; 1 unless given. */
  readonly workers?: number;
  /** The path of igzip; `/usr/bin/igzip` unless given. */
  readonly igzip?: string;
}

/** Names that programs give to their output where the caller gives none. */
const SUFFIXES: Readonly<Record<string, string>> = {
  bzip2: ".bz2",
  lbzip2: ".bz2",
  pbzip2: ".bz2",
  xz: ".xz",
  zstd: ".zst",
  lz4: ".lz4",
};
const WITH_LEVEL: ReadonlySet<string> = new Set(["bzip2", "lbzip2", "pbzip2"]);

const NONE: Compressor = {
  name: "none",
  suffix: "",
  worker: "none",
  compress: async (chunk) => chunk,
};

/**
 * The compression that a program stands for. gzip is done in the fastest way that is there. To be called before much memory
 * is in use: starting processes costs the more the more there is.
 *
 * @throws {ArchiverError} code `compression-name` for one that a restore script could not run
 */
export async function chooseCompressor(choice: CompressorChoice): Promise<Compressor> {
  const { program, suffix = "", level, workers = 1 } = choice;
  const name = basename(program);
  if (["", "cat", "none"].includes(name)) return NONE;
  if (["gzip", "pigz", "igzip"].includes(name))
    return await chooseGzip(level, workers, choice.igzip);
  if (!/^[A-Za-z0-9][A-Za-z0-9._+-]*$/.test(name)) throw impossible(name);
  const args = level !== undefined && WITH_LEVEL.has(name) ? [`-${level}`] : [];
  return filterCompressor(program, args, workers, {
    name,
    suffix: suffix === "" ? suffixOf(name) : suffix,
  });
}

/** Letters and digits alone, as file extensions are, and none is empty: the name has one of them at least. */
function suffixOf(name: string): string {
  return SUFFIXES[name] ?? `.${name.replaceAll(/[^A-Za-z0-9]/g, "")}`;
}

function impossible(name: string): ArchiverError {
  return new ArchiverError(
    "compression-name",
    `A restore script cannot run a compression program of this name: ${JSON.stringify(name)}.`,
  );
}
