import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { RigError } from "../../rig-error.ts";

/** Stands in a config.pl that the rig has written. */
export const ourMark = "# Set up by the test rig of backuppc-archive-s3.";

/** @throws {RigError} `not-ours` if the BackupPC that is configured in that folder was set up by somebody else */
export async function ensureOurs(configFolder: string): Promise<void> {
  const text = await textOf(configuration(configFolder));
  if (text === undefined || text.includes(ourMark)) return;
  // Debian's own config.pl: ours if we have just had it installed.
  if ((await textOf(marker(configFolder))) !== undefined) return;
  const hint = "Run the tests on a machine without BackupPC, such as a container.";
  const message = `${configuration(configFolder)} is not from this test rig.`;
  throw new RigError("not-ours", message, { hint });
}

/** Whether a BackupPC is installed there, whoever's. */
export async function isConfigured(configFolder: string): Promise<boolean> {
  return (await textOf(configuration(configFolder))) !== undefined;
}

/** Notes that the BackupPC which is about to be installed is ours, until our mark stands in its configuration. */
export async function claim(configFolder: string): Promise<void> {
  await writeFile(marker(configFolder), "The test rig of backuppc-archive-s3 installs BackupPC.\n");
}

/** From now on only our mark makes a BackupPC ours. */
export async function releaseClaim(configFolder: string): Promise<void> {
  await rm(marker(configFolder), { force: true });
}

function configuration(configFolder: string): string {
  return join(configFolder, "config.pl");
}

function marker(configFolder: string): string {
  return join(configFolder, ".claimed-by-test-rig");
}

async function textOf(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}
