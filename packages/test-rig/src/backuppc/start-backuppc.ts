import { access, chmod, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { ensureProgram } from "../program/ensure-program.ts";
import { RigError } from "../rig-error.ts";
import type { Say } from "../say.ts";
import { backupPcPlaces, type BackupPcDetails, type SampleHost } from "./backuppc-details.ts";
import { startBackupPcDaemon, stopBackupPcDaemon } from "./daemon/backuppc-daemon.ts";
import { noteUse } from "./daemon/in-use.ts";
import { driveBackupPc, type BackupPcDriver } from "./drive-backuppc.ts";
import { takeBackups, takeFull } from "./sample/take-backups.ts";
import { configureBackupPc } from "./set-up/configure-backuppc.ts";
import { ensureRoot } from "./set-up/install-backuppc.ts";
import { ensureOurs } from "./set-up/ownership.ts";
import { withLock } from "../with-lock.ts";

export interface BackupPcOptions {
  readonly say?: Say;
  /** Hosts beside those two: a full backup of each is taken now, numbered 0, in place of any from before. */
  readonly further?: readonly SampleHost[];
}

export interface BackupPc extends BackupPcDriver {
  /**
   * Ends the daemon, unless another test run uses it. Configuration, sample data and backups stay, so
   * that the next start is quick. May be called again.
   */
  stop(): Promise<void>;
}

/**
 * Starts this machine's BackupPC with two hosts, each with a full and an
 * incremental backup of odd files. The first start makes those, later ones find them.
 *
 * @throws {RigError} `not-root`, `not-ours` if somebody else has set up this BackupPC, `missing` if it is not installed
 */
export async function startBackupPc({
  say = () => {},
  further = [],
}: BackupPcOptions = {}): Promise<BackupPc> {
  ensureRoot();
  await ensureOurs(backupPcPlaces.configFolder);
  await ensureInstalled();
  const details = { ...backupPcPlaces, ...(await userIds()) };
  const { rigFolder } = details;
  await mkdir(rigFolder, { recursive: true });
  await chmod(rigFolder, 0o755);
  const lock = join(rigFolder, "set-up.lock");
  const use = await withLock(lock, async () => await setUp(details, further, say));
  const stop = async (): Promise<void> =>
    await withLock(lock, async () => {
      if (await use.release()) await stopBackupPcDaemon(details);
    });
  return { ...driveBackupPc(details), stop };
}

async function setUp(
  details: BackupPcDetails,
  further: readonly SampleHost[],
  say: Say,
): ReturnType<typeof noteUse> {
  await configureBackupPc(details);
  const use = await noteUse(details.rigFolder);
  try {
    await startBackupPcDaemon(details, say);
    await takeBackups(details, say);
    await takeFurther(details, further, say);
    return use;
  } catch (error) {
    if (await use.release()) await stopBackupPcDaemon(details);
    throw error;
  }
}

/** They are hosts of BackupPC's for no longer than that: whoever asks it for its hosts gets the sample ones. */
async function takeFurther(
  details: BackupPcDetails,
  further: readonly SampleHost[],
  say: Say,
): Promise<void> {
  if (further.length === 0) return;
  await configureBackupPc({ ...details, hosts: [...details.hosts, ...further] });
  try {
    for (const host of further) await takeFull(details, host, say);
  } finally {
    await configureBackupPc(details);
  }
}

async function ensureInstalled(): Promise<void> {
  const daemon = `${backupPcPlaces.programFolder}/BackupPC`;
  await access(daemon).catch((cause: unknown) => {
    const hint = "installBackupPc() installs it.";
    throw new RigError("missing", `There is no ${daemon}.`, { hint, cause });
  });
}

async function userIds(): Promise<{ uid: number; gid: number }> {
  const [uid, gid] = await Promise.all([
    ensureProgram("id", ["-u", backupPcPlaces.user]),
    ensureProgram("id", ["-g", backupPcPlaces.user]),
  ]);
  return { uid: Number(uid), gid: Number(gid) };
}
