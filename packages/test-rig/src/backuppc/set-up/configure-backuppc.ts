import { chmod, chown, copyFile, mkdir, readFile, rename, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { BackupPcDetails } from "../backuppc-details.ts";

import { hostConfiguration, hostsFile, serverConfiguration } from "./configuration.ts";
import { ourMark, releaseClaim } from "./ownership.ts";

/** Writes BackupPC's configuration for the sample hosts. The same each time, so it may be called again. */
export async function configureBackupPc(details: BackupPcDetails): Promise<void> {
  const { configFolder, rigFolder } = details;
  const localShell = join(rigFolder, "local-shell");
  // It is no TypeScript, so that it is beside the sources alone, also where these were built.
  const shell = new URL("../../../src/backuppc/set-up/local-shell.sh", import.meta.url);
  await copyFile(shell, localShell);
  await chmod(localShell, 0o755);
  const main = join(configFolder, "config.pl");
  const [debians = ""] = (await readFile(main, "utf8")).split(`\n${ourMark}`);
  await writeConfiguration(details, "config.pl", debians + serverConfiguration);
  await writeConfiguration(details, "hosts", hostsFile(details));
  for (const host of details.hosts) {
    await writeConfiguration(details, `${host.name}.pl`, hostConfiguration(host, localShell));
  }
  const archives = join(details.topFolder, details.archiveHost);
  await mkdir(archives, { recursive: true, mode: 0o750 });
  await chown(archives, details.uid, details.gid);
  await releaseClaim(configFolder);
}

/** Puts one of BackupPC's files of configuration in place, at once since BackupPC may be reading it, with the owner that Debian gives them. */
export async function writeConfiguration(
  { configFolder, uid }: BackupPcDetails,
  name: string,
  text: string,
): Promise<void> {
  const file = join(configFolder, name);
  const fresh = `${file}.new`;
  await writeFile(fresh, text);
  await chown(fresh, uid, (await stat(configFolder)).gid);
  await chmod(fresh, 0o640);
  await rename(fresh, file);
}
