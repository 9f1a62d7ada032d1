import { findBackupPc } from "../backuppc/backuppc-folder.ts";
import { type BackupPcHosts, readBackupPcHosts } from "../backuppc/read-hosts.ts";
import { runProgram } from "../program/run-program.ts";
import { count } from "../text/count.ts";
import { checkArchiveHost, isOurs, notOurs } from "./check-archive-host.ts";
import { checkNames } from "./check-names.ts";
import { failed, type Finding, ok, warning } from "./finding.ts";
import type { CheckedRole } from "./right-findings.ts";

/** `verify --data` and every restore need it. */
export async function checkGpg(): Promise<Finding> {
  try {
    const { status, stdout } = await runProgram("gpg", ["--version"]);
    const [first = ""] = stdout.split("\n");
    if (status === 0) return ok("gpg", first);
  } catch {
    // Not found, which is reported below.
  }
  return warning("gpg", "can't be run", "Install gnupg: `verify --data` and restoring need it.");
}

export interface BackupPcPlace {
  /** Of the configuration, if it can be used. */
  readonly stateDirectory: string | undefined;
  /** A manager may be on another machine. */
  readonly role: CheckedRole;
  /** Where BackupPC may be. */
  readonly folders?: readonly string[];
}

/** Whether BackupPC is here, and archives as it should. */
export async function checkBackupPc({
  stateDirectory,
  role,
  folders,
}: BackupPcPlace): Promise<Finding[]> {
  let folder: string;
  try {
    folder = await findBackupPc(folders);
  } catch {
    const message = "is not on this machine";
    const needed = "run, start and archive-host need it";
    if (role === "manager") return [ok("BackupPC", `${message}: ${needed}, and nothing else`)];
    return [warning("BackupPC", message, `Only ${needed}.`)];
  }
  try {
    return await checkBackupPcHosts(await readBackupPcHosts(folder), folder, stateDirectory);
  } catch (error) {
    // With its remedy: as whom to run this.
    return [{ ...failed("BackupPC", error), state: "unknown" }];
  }
}

async function checkBackupPcHosts(
  { archiveHosts, backedUp, hosts, configFolder, path }: BackupPcHosts,
  folder: string,
  stateDirectory: string | undefined,
): Promise<Finding[]> {
  const about = `${folder}, ${count(backedUp.length, "host")} with backups`;
  const names = [...archiveHosts, ...hosts].map(({ name }) => name);
  const misnamed = await checkNames(configFolder, names);
  if (archiveHosts.length === 0) {
    const remedy = "Add a host whose XferMethod is archive, as docs/install.md shows.";
    return [warning("BackupPC", `${about}, but no archive host`, remedy), ...misnamed];
  }
  const ours = archiveHosts.filter(isOurs);
  const checked = ours.map(async (each) => await checkArchiveHost(each, path, stateDirectory));
  return [
    ok("BackupPC", `${about}, archive host ${archiveHosts.map(({ name }) => name).join(", ")}`),
    ...misnamed,
    ...(ours.length === 0 ? archiveHosts.map(notOurs) : []),
    ...(await Promise.all(checked)).flat(),
  ];
}
