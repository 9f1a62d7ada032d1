import type { Compression } from "@backuppc-archive-s3/backup-catalog";
import { decompressorOf } from "@backuppc-archive-s3/restore-script";
import { throughProgram } from "../program/through-program.ts";

/** Undoes the compression of a chunk, by the program that a restore would use. */
export function decompress(
  bytes: AsyncIterable<Uint8Array>,
  compression: Compression,
): AsyncIterable<Uint8Array> {
  const program = decompressorOf(compression);
  return program === undefined ? bytes : throughProgram(bytes, [program, "-dc"]);
}
