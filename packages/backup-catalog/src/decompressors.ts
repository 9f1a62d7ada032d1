import { posix } from "node:path";
import type { Compression } from "./archive.ts";

/** Decompressors that need no permission. */
const KNOWN: ReadonlySet<string> = new Set(["none", "gzip", "bzip2", "xz", "zstd"]);

/**
 * Whether what undoes the compression may be run: readers refuse an archive otherwise, so it should not be written.
 *
 * @param filters absolute paths of programs that the configuration allows, known in archives by their last part
 */
export function mayDecompress(
  { name }: Pick<Compression, "name">,
  filters: readonly string[],
): boolean {
  return KNOWN.has(name) || filters.some((path) => posix.basename(path) === name);
}
