import { findBackupPc } from "../backuppc/backuppc-folder.ts";
import { readBackupPcHosts, withBackups } from "../backuppc/read-hosts.ts";
import { ManagerError } from "../manager-error.ts";
import { chosenHosts, type HostChoice } from "./chosen-hosts.ts";

/**
 * The names of the hosts that are to be archived and could be.
 *
 * @param note gets the reason where BackupPC is on this machine and cannot be asked
 * @param folders where BackupPC may be
 * @returns undefined where it is not on this machine, or does not answer this user
 */
export async function hostsToArchive(
  choice: HostChoice,
  note: (line: string) => void,
  folders?: readonly string[],
): Promise<readonly string[] | undefined> {
  const folder = await findBackupPc(folders).catch(asNothing);
  if (folder === undefined) return undefined;
  try {
    const { hosts } = await readBackupPcHosts(folder);
    return withBackups(chosenHosts(hosts, choice).chosen);
  } catch (error) {
    const nothing = asNothing(error);
    if (error instanceof ManagerError && error.code !== "backuppc-user")
      note(`warning: ${error.message}, so a host that was never archived is not noticed`);
    return nothing;
  }
}

/** Anyone may look at the store from anywhere. @throws what is no fault of BackupPC's */
function asNothing(error: unknown): undefined {
  if (error instanceof ManagerError) return undefined;
  throw error;
}
