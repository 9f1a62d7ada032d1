import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { RigError } from "../../rig-error.ts";
import { backupPcPlaces } from "../backuppc-details.ts";

/** Stands in a config.pl that the rig has written. */
export const ourMark = "# Set up by the test rig of backuppc-archive-s3.";

const marker = join(backupPcPlaces.configFolder, ".backuppc-archive-s3-test-rig");

/**
 * Makes this machine's BackupPC the rig's own, which must be done before
 * Debian's package is installed. May be called again.
 *
 * @throws {RigError} `not-ours` if somebody else has set up a BackupPC here, `not-root`
 */
export async function claimBackupPc(): Promise<void> {
  if (process.getuid?.() !== 0) {
    const hint = "Run the tests as root, in a container or a virtual machine.";
    throw new RigError("not-root", "Only root can set up BackupPC.", { hint });
  }
  await ensureOurs();
  await mkdir(backupPcPlaces.configFolder, { recursive: true });
  if ((await textOf(marker)) === undefined) await writeFile(marker, "claimed\n");
}

/** Notes that config.pl now bears our mark; one without it is no longer ours. */
export async function noteConfigured(): Promise<void> {
  await writeFile(marker, "configured\n");
}

async function ensureOurs(): Promise<void> {
  const configuration = join(backupPcPlaces.configFolder, "config.pl");
  const text = await textOf(configuration);
  if (text === undefined || text.includes(ourMark)) return;
  // Debian's fresh config.pl is ours only if we had it installed, and not yet another one since.
  if ((await textOf(marker)) === "claimed\n") return;
  const hint = "Run the tests on a machine without BackupPC, such as a container.";
  throw new RigError("not-ours", `${configuration} is not from this test rig.`, { hint });
}

async function textOf(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}
