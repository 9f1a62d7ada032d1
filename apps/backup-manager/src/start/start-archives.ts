import {
  type BackedUpHost,
  type BackupPcHosts,
  readBackupPcHosts,
} from "../backuppc/read-hosts.ts";
import { BACKUPPC_FOLDERS, findBackupPc } from "../backuppc/backuppc-folder.ts";
import { requestArchive } from "../backuppc/request-archive.ts";
import { ManagerError } from "../manager-error.ts";
import { printable } from "../text/printable.ts";

/** An archive that BackupPC was asked for, or would be. */
export interface Started {
  readonly archiveHost: string;
  /** In the order in which they are archived. */
  readonly hosts: readonly string[];
}

export interface StartOptions {
  /** Of several archive hosts; needless where BackupPC has one. */
  readonly archiveHost: string | undefined;
  /** Find out all, and ask for nothing. */
  readonly test: boolean;
  /** Where BackupPC may be. */
  readonly folders?: readonly string[];
}

/**
 * Has BackupPC archive hosts.
 *
 * @param choose the hosts, from those that BackupPC backs up; with none of them nothing is asked for
 * @throws {ManagerError} code `backuppc-failed`
 */
export async function startArchives(
  choose: (hosts: readonly BackedUpHost[]) => readonly string[] | Promise<readonly string[]>,
  { archiveHost: asked, test, folders = BACKUPPC_FOLDERS }: StartOptions,
): Promise<Started> {
  const folder = await findBackupPc(folders);
  const known = await readBackupPcHosts(folder);
  const archiveHost = chooseArchiveHost(known, asked);
  const hosts = await choose(known.hosts);
  if (!test && hosts.length > 0)
    await requestArchive({ folder, topFolder: known.topFolder, archiveHost, hosts });
  return { archiveHost, hosts };
}

/** The archive host that is asked for, or the only one. @throws {ManagerError} code `backuppc-failed` */
export function chooseArchiveHost(
  { archiveHosts }: Pick<BackupPcHosts, "archiveHosts">,
  asked: string | undefined,
): string {
  const names = archiveHosts.map(({ name }) => name);
  const [only, ...others] = names;
  const there = names.map(printable).join(", ");
  if (asked !== undefined) {
    if (names.includes(asked)) return asked;
    throw noArchiveHost(`BackupPC has no archive host ${printable(asked)}`, `There is: ${there}.`);
  }
  if (only === undefined) {
    const hint = "Add one whose XferMethod is archive; see the README.";
    throw noArchiveHost("BackupPC has no archive host", hint);
  }
  if (others.length === 0) return only;
  throw noArchiveHost(
    "BackupPC has several archive hosts",
    `Choose by --archive-host, which \`run\`, \`start\` and \`delete\` take: ${there}.`,
  );
}

function noArchiveHost(message: string, hint: string): ManagerError {
  return new ManagerError("backuppc-failed", message, hint);
}
