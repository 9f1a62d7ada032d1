import { posix } from "node:path";
import type { Compression } from "@backuppc-archive-s3/backup-catalog";
import { RestoreScriptError } from "./restore-script-error.ts";

/**
 * The program whose `-dc` undoes the compression, or undefined where there is none.
 *
 * @throws {RestoreScriptError} code `bad-name` where that can't be a program's name
 */
export function decompressorOf({ name, suffix }: Compression): string | undefined {
  if (name === "none") return undefined;
  const program = BY_SUFFIX[suffix] ?? posix.basename(name);
  // It is run by the script, and the name comes from the store.
  if (!/^[A-Za-z0-9][A-Za-z0-9._+-]*$/.test(program)) {
    throw new RestoreScriptError(
      "bad-name",
      `The archive's compression has an impossible name: ${JSON.stringify(name)}.`,
      "Check the archive's manifest.",
    );
  }
  return program;
}

/** What every system has for the suffix, whichever program compressed it (pigz, lbzip2, pixz). */
const BY_SUFFIX: Readonly<Record<string, string>> = {
  ".gz": "gzip",
  ".bz2": "bzip2",
  ".xz": "xz",
  ".zst": "zstd",
  ".lz4": "lz4",
};
