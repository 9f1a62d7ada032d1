import { mkdir } from "node:fs/promises";
import { backupPcPackages } from "../../debian/debian-packages.ts";
import { installDebianPackages } from "../../debian/install-debian-packages.ts";
import { RigError } from "../../rig-error.ts";
import type { Say } from "../../say.ts";
import { backupPcPlaces } from "../backuppc-details.ts";
import { claim, ensureOurs, isConfigured, releaseClaim } from "./ownership.ts";

/**
 * Installs Debian's BackupPC as the rig's own. It must not be installed in
 * another way, since then it is somebody else's. May be called again.
 *
 * @throws {RigError} `not-root`, `not-ours`, or as {@link installDebianPackages}
 */
export async function installBackupPc(say: Say): Promise<void> {
  const { configFolder } = backupPcPlaces;
  ensureRoot();
  await ensureOurs(configFolder);
  if (await isConfigured(configFolder)) return await installDebianPackages(backupPcPackages, say);
  await mkdir(configFolder, { recursive: true });
  await claim(configFolder);
  try {
    await installDebianPackages(backupPcPackages, say);
  } catch (error) {
    // What somebody else installs here later is not ours.
    if (!(await isConfigured(configFolder))) await releaseClaim(configFolder);
    throw error;
  }
}

/** @throws {RigError} `not-root` */
export function ensureRoot(): void {
  if (process.getuid?.() === 0) return;
  const hint = "Run the tests as root, in a container or a virtual machine.";
  throw new RigError("not-root", "Only root can set up BackupPC.", { hint });
}
