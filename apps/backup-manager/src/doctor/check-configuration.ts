import { stat } from "node:fs/promises";
import {
  loadSettings,
  type LoadOptions,
  type Settings,
  settingsFile,
} from "@backuppc-archive-s3/settings";
import { failed, type Finding, ok, warning } from "./finding.ts";

const CHECK = "configuration";

/** Reads it as every command does, and reports its rights. */
export async function checkConfiguration(
  options: LoadOptions,
): Promise<{ readonly finding: Finding; readonly settings: Settings | undefined }> {
  const file = settingsFile(options);
  try {
    const settings = await loadSettings(options);
    return { finding: await rightsOf(file), settings };
  } catch (error) {
    return { finding: failed(CHECK, error), settings: undefined };
  }
}

async function rightsOf(file: string): Promise<Finding> {
  const { mode, uid, gid } = await stat(file);
  const message = `${file} has mode ${(mode & 0o777).toString(8)}, user ${uid}, group ${gid}`;
  if (!file.startsWith("/etc/backuppc/")) return ok(CHECK, message);
  const remedy =
    "Move it to /etc/backuppc-archive-s3: Debian's package hands its folder to the web server.";
  return warning(CHECK, `${file} is in BackupPC's own folder`, remedy);
}
