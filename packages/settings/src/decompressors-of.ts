import { isAbsolute } from "node:path";
import type { Settings } from "./parse/settings.ts";

/** The programs that may decompress archives besides the usual ones, by absolute paths: `filters`, and the one of `compression`. */
export function decompressorsOf({
  filters,
  compression,
}: Pick<Settings, "filters" | "compression">): readonly string[] {
  return isAbsolute(compression) ? [...filters, compression] : filters;
}
