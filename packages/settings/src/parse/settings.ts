import { isAbsolute, join } from "node:path";
import type * as z from "zod";
import type { settingsSchema } from "./schema.ts";

/** The configuration, checked and with its defaults. Sizes in bytes, rates in bytes a second. */
export type Settings = z.output<typeof settingsSchema>;

/** The settings with their paths as they are seen from `folder`, where the file of the settings is. */
export function withPathsFrom(folder: string, settings: Settings): Settings {
  const { passphraseFile, speedFile, caFile, recipients, signers } = settings;
  const from = (path: string): string => (isAbsolute(path) ? path : join(folder, path));
  return {
    ...settings,
    ...(passphraseFile !== undefined && { passphraseFile: from(passphraseFile) }),
    ...(caFile !== undefined && { caFile: from(caFile) }),
    ...(speedFile !== undefined && { speedFile: from(speedFile) }),
    recipients: recipients.map(from),
    signers: signers.map(from),
  };
}

/** The programs that may decompress archives besides the usual ones, by absolute paths: `filters`, and the one of `compression`. */
export function decompressorsOf({
  filters,
  compression,
}: Pick<Settings, "filters" | "compression">): readonly string[] {
  return isAbsolute(compression) ? [...filters, compression] : filters;
}
