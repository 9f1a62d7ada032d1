import { access, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { asFailure, type Finding, warning } from "./finding.ts";

/**
 * Configurations of archive hosts that BackupPC does not read: it calls each host by small letters, and looks for a file of
 * that name. Such a host is archived by BackupPC's own program, in the clear.
 *
 * @param configFolder BackupPC's
 * @param hosts as BackupPC calls them
 */
export async function checkNames(
  configFolder: string,
  hosts: readonly string[],
): Promise<Finding[]> {
  // Debian's place, and the one of BackupPC's own installer.
  const folders = [join(configFolder, "pc"), configFolder];
  const found = await Promise.all(folders.map(async (folder) => await misnamed(folder, hosts)));
  return found.flat();
}

async function misnamed(folder: string, hosts: readonly string[]): Promise<Finding[]> {
  const names = await readdir(folder).catch(() => []);
  const findings: Finding[] = [];
  for (const name of names) {
    const small = name.toLowerCase();
    const isUnread = name !== small && name.endsWith(".pl");
    if (!isUnread || !hosts.includes(small.slice(0, -".pl".length))) continue;
    const text = await readFile(join(folder, name), "utf8").catch(() => "");
    if (/\bArchiveClientCmd\b|'archive'|"archive"/.test(text))
      findings.push(await unread(folder, name));
  }
  return findings;
}

async function unread(folder: string, name: string): Promise<Finding> {
  const [file, read] = [join(folder, name), join(folder, name.toLowerCase())];
  const isThere = await access(read).then(
    () => true,
    () => false,
  );
  const message = `BackupPC does not read ${file}: it knows the host by small letters only, and would archive in the clear by its own program`;
  const remedy = isThere ? `Move what it says to ${read}.` : `Run: mv ${file} ${read}`;
  return asFailure(warning("archive host", message, remedy));
}
