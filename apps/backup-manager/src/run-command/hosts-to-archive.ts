import { findBackupPc } from "../backuppc/backuppc-folder.ts";
import { readBackupPcHosts, withBackups } from "../backuppc/read-hosts.ts";
import { ManagerError } from "../manager-error.ts";
import { chosenHosts, type HostChoice } from "./chosen-hosts.ts";

/**
 * The names of the hosts that are to be archived and could be.
 *
 * @param folders where BackupPC may be
 * @returns undefined where it is not on this machine, or does not answer this user
 */
export async function hostsToArchive(
  choice: HostChoice,
  folders?: readonly string[],
): Promise<readonly string[] | undefined> {
  try {
    const { hosts } = await readBackupPcHosts(await findBackupPc(folders));
    return withBackups(chosenHosts(hosts, choice).chosen);
  } catch (error) {
    if (error instanceof ManagerError) return undefined;
    throw error;
  }
}
