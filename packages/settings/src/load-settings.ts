import type { ReadOptions } from "./parse/contradictions.ts";
import { parseSettings } from "./parse/parse-settings.ts";
import type { Settings } from "./parse/settings.ts";
import { readPrivateFile, refuseReadable, refuseWritable } from "./private-file.ts";

/** Which file is read, and what for. */
export interface LoadOptions extends ReadOptions {
  /** What `--config` says. */
  readonly file?: string | undefined;
  /** Where `BACKUPPC_ARCHIVE_S3_CONFIG` may be set; the application passes its own. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

const STANDARD_FILE = "/etc/backuppc-archive-s3/config.toml";

const CONFIGURATION = {
  what: "configuration",
  code: "unreadable",
  hint: "Create it from docs/config.example.toml, or name another file with $BACKUPPC_ARCHIVE_S3_CONFIG.",
} as const;

/**
 * The configuration from `--config`, else `$BACKUPPC_ARCHIVE_S3_CONFIG` unless
 * it is empty, else /etc/backuppc-archive-s3/config.toml.
 *
 * @throws {SettingsError} `unreadable`; `invalid`, with a line for each problem;
 *   `exposed` if everyone can read a secret in it, or can change it
 */
export async function loadSettings(options: LoadOptions): Promise<Settings> {
  const fileName = settingsFile(options);
  const { text, mode } = await readPrivateFile(fileName, CONFIGURATION);
  // Even without a secret: it names programs that will run, and the file of the passphrase.
  refuseWritable(fileName, mode);
  const settings = parseSettings(text, fileName, options);
  const { passphrase, secretAccessKey, sessionToken } = settings;
  if ([passphrase, secretAccessKey, sessionToken].some((secret) => secret !== undefined)) {
    refuseReadable(fileName, mode);
  }
  return settings;
}

/** The configuration's file: by `--config`, else by the environment, else the standard one. */
export function settingsFile({ file, environment }: LoadOptions): string {
  return file ?? (environment["BACKUPPC_ARCHIVE_S3_CONFIG"] || STANDARD_FILE);
}
