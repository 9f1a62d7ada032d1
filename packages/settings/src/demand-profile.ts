import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { SettingsError } from "./settings-error.ts";

/**
 * Refuses a profile of `AWS_PROFILE` that is in no file, as the AWS CLI does: the SDK would pass over it, and take the keys of
 * whatever comes next without a word.
 *
 * @throws {SettingsError} code `invalid`
 */
export function demandProfile(
  profile: string,
  environment: Readonly<Record<string, string | undefined>>,
): void {
  const folder = join(environment["HOME"] ?? homedir(), ".aws");
  const files = [
    environment["AWS_CONFIG_FILE"] ?? join(folder, "config"),
    environment["AWS_SHARED_CREDENTIALS_FILE"] ?? join(folder, "credentials"),
  ];
  if (files.some((file) => profilesIn(file).includes(profile))) return;
  throw new SettingsError(
    "invalid",
    `AWS_PROFILE names the profile ${JSON.stringify(profile)}, which is neither in ${files.join(" nor in ")}.`,
    "Correct AWS_PROFILE, or unset it.",
  );
}

/** `[name]`, `[profile name]` or `[profile "a name"]`. */
const HEADING = /^[ \t]*\[[ \t]*(?:profile[ \t]+)?(["']?)([^\]\r\n]*?)\1[ \t]*\]/gm;

function profilesIn(file: string): string[] {
  try {
    return Array.from(readFileSync(file, "utf8").matchAll(HEADING), ([, , name = ""]) => name);
  } catch {
    return [];
  }
}
