import { posix } from "node:path";
import type { Compression } from "@backuppc-archive-s3/backup-catalog";
import { RestoreScriptError } from "./restore-script-error.ts";

/** Programs that decompress several streams one behind the other, and all else that they decompress. */
const KNOWN: Readonly<Record<string, { suffix: string; names: readonly string[] }>> = {
  gzip: { suffix: ".gz", names: ["gzip", "pigz", "igzip"] },
  bzip2: { suffix: ".bz2", names: ["bzip2", "pbzip2", "lbzip2"] },
  xz: { suffix: ".xz", names: ["xz", "pixz"] },
  zstd: { suffix: ".zst", names: ["zstd", "pzstd"] },
  lz4: { suffix: ".lz4", names: ["lz4"] },
};

/**
 * The program whose `-dc` undoes the compression, or undefined where there is none. The name comes
 * from the store, and the program is run: it must be a known one, or one of those that the
 * configuration allows.
 *
 * @param filters absolute paths of further programs that may be run
 * @throws {RestoreScriptError} code `bad-decompressor`
 */
export function decompressorOf(
  { name, suffix }: Compression,
  filters: readonly string[] = [],
): string | undefined {
  if (name === "none") return undefined;
  const base = posix.basename(name);
  for (const [program, known] of Object.entries(KNOWN)) {
    if (known.suffix === suffix || known.names.includes(base)) return program;
  }
  const allowed = filters.some((filter) => posix.basename(filter) === base);
  if (allowed && /^[A-Za-z0-9][A-Za-z0-9._+-]*$/.test(base)) return base;
  throw new RestoreScriptError(
    "bad-decompressor",
    `The archive's compression is neither known nor allowed: ${JSON.stringify(name)}.`,
  );
}

/** Whether it decompresses several streams one behind the other. */
export function isJoinable(program: string): boolean {
  return Object.hasOwn(KNOWN, program);
}
