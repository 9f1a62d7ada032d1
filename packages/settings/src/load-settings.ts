import { readFile, stat } from "node:fs/promises";
import { parseSettings } from "./parse-settings.ts";
import type { Settings } from "./schema.ts";
import { SettingsError } from "./settings-error.ts";

export interface LoadOptions {
  /** What `--config` says. */
  readonly file?: string | undefined;
  /** Where `BACKUPPC_ARCHIVE_S3_CONFIG` may be set; the application passes its own. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

const STANDARD_FILE = "/etc/backuppc-archive-s3/config.toml";

/**
 * The configuration from `--config`, else `$BACKUPPC_ARCHIVE_S3_CONFIG`, else
 * /etc/backuppc-archive-s3/config.toml.
 *
 * @throws {SettingsError} if it can't be read, is wrong, or others can read a secret in it
 */
export async function loadSettings({ file, environment }: LoadOptions): Promise<Settings> {
  const fileName = file ?? environment["BACKUPPC_ARCHIVE_S3_CONFIG"] ?? STANDARD_FILE;
  const text = await readText(fileName);
  const settings = parseSettings(text, fileName);
  const { passphrase, secretAccessKey, sessionToken } = settings;
  if ([passphrase, secretAccessKey, sessionToken].some((secret) => secret !== undefined)) {
    await refuseExposed(fileName);
  }
  return settings;
}

/** Refuses a file with a secret that others can read, or write. @throws {SettingsError} code `exposed` */
export async function refuseExposed(fileName: string): Promise<void> {
  const { mode } = await stat(fileName);
  if ((mode & 0o006) === 0) return;
  throw new SettingsError(
    "exposed",
    `${fileName} holds a secret, and every user of this machine can read it.`,
    `Run: chmod o-rwx ${fileName}`,
  );
}

async function readText(fileName: string): Promise<string> {
  try {
    return await readFile(fileName, "utf8");
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new SettingsError(
      "unreadable",
      `The configuration ${fileName} can't be read: ${reason}.`,
      "Name it by --config or $BACKUPPC_ARCHIVE_S3_CONFIG, and let the user who runs this read it.",
      cause,
    );
  }
}
