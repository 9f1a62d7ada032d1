import { findBackupPc } from "../backuppc/backuppc-folder.ts";
import { readBackupPcHosts } from "../backuppc/read-hosts.ts";
import { runProgram } from "../program/run-program.ts";
import { count } from "../text/count.ts";
import { checkDestination } from "./check-destination.ts";
import { type Finding, ok, unknown, warning } from "./finding.ts";

/** `verify --data` and every restore need it. */
export async function checkGpg(): Promise<Finding> {
  try {
    const { status, stdout } = await runProgram("gpg", ["--version"]);
    const [first = ""] = stdout.split("\n");
    if (status === 0) return ok("gpg", first);
  } catch {
    // Not found, which is reported below.
  }
  return warning("gpg", "can't be run", "Install gnupg: verify --data and restoring need it.");
}

/**
 * @param stateDirectory of the configuration, if it can be used
 * @param folders where BackupPC may be
 */
export async function checkBackupPc(
  stateDirectory: string | undefined,
  folders?: readonly string[],
): Promise<Finding[]> {
  let folder: string;
  try {
    folder = await findBackupPc(folders);
  } catch {
    const remedy = "Only start and archive-host need it.";
    return [warning("BackupPC", "is not on this machine", remedy)];
  }
  try {
    const { archiveHosts, backedUp, destinations } = await readBackupPcHosts(folder);
    const hosts = `${count(backedUp.length, "host")} with backups`;
    if (archiveHosts.length > 0)
      return [
        ok("BackupPC", `${folder}, ${hosts}, archive host ${archiveHosts.join(", ")}`),
        ...(await Promise.all(destinations.map((one) => checkDestination(one, stateDirectory)))),
      ];
    const remedy = "Add a host whose XferMethod is archive; see the README.";
    return [warning("BackupPC", `${folder}, ${hosts}, but no archive host`, remedy)];
  } catch (error) {
    return [unknown("BackupPC", error)];
  }
}
