import { posix } from "node:path";
import type { Compression } from "@backuppc-archive-s3/backup-catalog";
import { decompressorOf } from "@backuppc-archive-s3/restore-script";
import { ProgramFailure, throughProgram } from "../program/through-program.ts";

/**
 * Decompresses with the program that a restore would use. Only those run that every archive may name, and those of
 * the configuration: the archive's word alone starts no program.
 *
 * @param filters absolute paths
 * @throws {ProgramFailure} for another program
 */
export function decompress(
  bytes: AsyncIterable<Uint8Array>,
  compression: Compression,
  filters: readonly string[],
): AsyncIterable<Uint8Array> {
  const name = decompressorOf(compression, filters);
  if (name === undefined) return bytes;
  const filter = filters.find((path) => posix.basename(path) === name);
  if (filter === undefined && !STANDARD.includes(name))
    throw new ProgramFailure(`${name} is not among the \`filters\` of the configuration`);
  return throughProgram(bytes, [filter ?? name, "-dc"]);
}

const STANDARD: readonly string[] = ["gzip", "bzip2", "xz", "zstd"];
