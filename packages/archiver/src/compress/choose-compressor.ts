import { basename } from "node:path";
import { compressionSchema } from "@backuppc-archive-s3/backup-catalog";
import { ArchiverError } from "../archiver-error.ts";
import type { Compressor } from "./compressor.ts";
import { filterCompressor } from "./filter-compressor.ts";
import { chooseGzip } from "./gzip.ts";

/** What a compressor is chosen by. */
export interface CompressorChoice {
  /** `""`, `none` or a path of cat: none; gzip, pigz or a path of one: gzip; otherwise the path of a filter program. */
  readonly program: string;
  /** What the program's output is called, such as `.sq`. A program that is known has its format's own, and any other its name unless given. */
  readonly suffix?: string;
  /** For gzip and bzip2, 1 to 9; each program's own unless given. */
  readonly level?: number | undefined;
  /** Chunks that are compressed at a time; 1 unless given. */
  readonly workers?: number;
  /** The path of igzip; `/usr/bin/igzip` unless given. */
  readonly igzip?: string;
}

interface Format {
  /** The program that undoes it, on any machine. */
  readonly name: string;
  readonly suffix: string;
}

const BZIP2: Format = { name: "bzip2", suffix: ".bz2" };
const XZ: Format = { name: "xz", suffix: ".xz" };
const ZSTD: Format = { name: "zstd", suffix: ".zst" };

/**
 * What programs make, by their names. An archive names the format and not the program, and a suffix of another format, such
 * as that of a bzip2 which BackupPC has been given xz for, would have it undone by another program.
 */
const FORMATS: Readonly<Record<string, Format>> = {
  bzip2: BZIP2,
  lbzip2: BZIP2,
  pbzip2: BZIP2,
  xz: XZ,
  pixz: XZ,
  zstd: ZSTD,
  pzstd: ZSTD,
  lz4: { name: "lz4", suffix: ".lz4" },
};

const NONE: Compressor = {
  name: "none",
  suffix: "",
  worker: "none",
  compress: async (chunk) => chunk,
  [Symbol.asyncDispose]: async () => {},
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
  const format = FORMATS[name] ?? { name, suffix: suffix === "" ? suffixOf(name) : suffix };
  if (!compressionSchema.safeParse(format).success) throw impossible(name);
  const args = level !== undefined && format === BZIP2 ? [`-${level}`] : [];
  return filterCompressor(program, args, workers, format);
}

/** Letters and digits alone, as file extensions are, and none is empty: the name has one of them at least. */
function suffixOf(name: string): string {
  return `.${name.replaceAll(/[^A-Za-z0-9]/g, "").slice(0, LONGEST_SUFFIX)}`;
}

const LONGEST_SUFFIX = 16;

function impossible(name: string): ArchiverError {
  return new ArchiverError(
    "compression-name",
    `A restore script cannot run a compression program of this name: ${JSON.stringify(name)}.`,
  );
}
