import { writeFile } from "node:fs/promises";
import { join } from "node:path";

/**
 * What to put before a command that is to know names of hosts which this machine does not: an /etc/hosts of its own, in a mount
 * namespace. Needs root.
 *
 * @param folder where that file is written
 * @param names each stands for 127.0.0.1
 */
export async function knowingHosts(folder: string, names: readonly string[]): Promise<string[]> {
  const hosts = join(folder, "hosts");
  await writeFile(hosts, `127.0.0.1 localhost ${names.join(" ")}\n`);
  const run = 'mount --bind "$0" /etc/hosts && exec "$@"';
  return ["unshare", "--mount", "sh", "-c", run, hosts];
}
