import { stat } from "node:fs/promises";
import {
  loadSettings,
  type LoadOptions,
  managerFile,
  type Settings,
  settingsFile,
} from "@backuppc-archive-s3/settings";
import { failed, type Finding, ok, warning } from "./finding.ts";

const CHECK = "configuration";

/** Reads it as every command does, and reports the rights of its files. */
export async function checkConfiguration(options: LoadOptions): Promise<{
  readonly findings: readonly Finding[];
  readonly settings: Settings | undefined;
  /** The manager has a file of its own, and so a key. */
  readonly isManagers: boolean;
}> {
  const own = options.manager === true ? managerFile(options) : undefined;
  try {
    const settings = await loadSettings(options);
    const shared = await rightsOf(settingsFile(options));
    const managers = own === undefined ? undefined : await rightsOf(own);
    const findings = [shared, managers].filter((finding) => finding !== undefined);
    return { findings, settings, isManagers: managers !== undefined };
  } catch (error) {
    return { findings: [failed(CHECK, error)], settings: undefined, isManagers: false };
  }
}

/** Undefined if it is not there: one of the two is enough. */
async function rightsOf(file: string): Promise<Finding | undefined> {
  const found = await stat(file).catch(() => undefined);
  if (found === undefined) return undefined;
  const { mode, uid, gid } = found;
  const message = `${file} has mode ${(mode & 0o777).toString(8)}, user ${uid}, group ${gid}`;
  if (!file.startsWith("/etc/backuppc/")) return ok(CHECK, message);
  const remedy =
    "Move it to /etc/backuppc-archive-s3: Debian's package hands its folder to the web server.";
  return warning(CHECK, `${file} is in BackupPC's own folder`, remedy);
}
