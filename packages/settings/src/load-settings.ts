import { basename, dirname, join } from "node:path";
import type { ReadOptions } from "./parse/contradictions.ts";
import { holdsSecret, parseTogether, type SettingsText } from "./parse/parse-settings.ts";
import type { Settings } from "./parse/settings.ts";
import {
  isMissing,
  type PrivateFile,
  readPrivateFile,
  refuseReadable,
  refuseWritable,
} from "./private-file.ts";

/** Which file is read, and what for. */
export interface LoadOptions extends ReadOptions {
  /** What `--config` says. */
  readonly file?: string | undefined;
  /** Where `BACKUPPC_ARCHIVE_S3_CONFIG` may be set; the application passes its own. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** What `manager.toml` says goes before what the `config.toml` beside it says; archive-host never reads it. */
  readonly manager?: boolean;
}

const STANDARD_FILE = "/etc/backuppc-archive-s3/config.toml";

/**
 * The configuration from `--config`, else `$BACKUPPC_ARCHIVE_S3_CONFIG` unless
 * it is empty, else /etc/backuppc-archive-s3/config.toml. With `manager`, also {@link managerFile}, where it is there; then the
 * other one may be missing.
 *
 * @throws {SettingsError} `unreadable`; `invalid`, with a line for each problem;
 *   `exposed` if everyone can read a secret in it, or can change it
 */
export async function loadSettings(options: LoadOptions): Promise<Settings> {
  const files = await readFiles(options);
  const settings = parseTogether(files, options);
  for (const file of files) if (holdsSecret(file)) refuseReadable(file.fileName, file.mode);
  return settings;
}

/** The configuration's file: by `--config`, else by the environment, else the standard one. */
export function settingsFile({ file, environment }: LoadOptions): string {
  return file ?? (environment["BACKUPPC_ARCHIVE_S3_CONFIG"] || STANDARD_FILE);
}

/** Where the manager's own settings may be: beside a file that is called `config.toml`. */
export function managerFile(options: LoadOptions): string | undefined {
  const file = settingsFile(options);
  return basename(file) === "config.toml" ? join(dirname(file), "manager.toml") : undefined;
}

interface SettingsFile extends SettingsText, PrivateFile {}

/** What a later one says goes before what an earlier one says. */
async function readFiles(
  options: LoadOptions,
): Promise<readonly [SettingsFile, ...SettingsFile[]]> {
  const own = await readManagerFile(options);
  const reading = readSettingsFile(settingsFile(options), "configuration", options);
  if (own === undefined) return [await reading];
  const shared = await reading.catch(unlessMissing);
  return shared === undefined ? [own] : [shared, own];
}

async function readManagerFile(options: LoadOptions): Promise<SettingsFile | undefined> {
  const file = options.manager === true ? managerFile(options) : undefined;
  if (file === undefined) return undefined;
  return await readSettingsFile(file, "manager's configuration", options).catch(unlessMissing);
}

/** Even one without a secret must not be anyone's to change: it names programs that will run, and the file of the passphrase. */
async function readSettingsFile(
  fileName: string,
  what: string,
  { file }: LoadOptions,
): Promise<SettingsFile> {
  const by = file === undefined ? "$BACKUPPC_ARCHIVE_S3_CONFIG" : "--config";
  const hint = `Create it from docs/config.example.toml, or name another file with ${by}.`;
  const { text, mode } = await readPrivateFile(fileName, { what, code: "unreadable", hint });
  refuseWritable(fileName, mode);
  return { fileName, text, mode };
}

function unlessMissing(error: unknown): undefined {
  if (!isMissing(error)) throw error;
}
