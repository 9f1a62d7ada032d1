import { posix } from "node:path";
import type { Compression } from "@backuppc-archive-s3/backup-catalog";
import { decompressorOf } from "@backuppc-archive-s3/restore-script";
import { throughProgram } from "../program/through-program.ts";

/**
 * Decompresses with the program that a restore would use; a filter of the configuration by its whole path.
 *
 * @param filters absolute paths
 * @throws {RestoreScriptError} code `bad-decompressor`: the archive's word alone starts no program
 */
export function decompress(
  bytes: AsyncIterable<Uint8Array>,
  compression: Compression,
  filters: readonly string[],
): AsyncIterable<Uint8Array> {
  const name = decompressorOf(compression, filters);
  if (name === undefined) return bytes;
  const filter = filters.find((path) => posix.basename(path) === name);
  return throughProgram(bytes, [filter ?? name, "-dc"]);
}
