import { type BackedUpHost, withBackups } from "../backuppc/read-hosts.ts";
import { chosenHosts } from "../run-command/chosen-hosts.ts";
import type { Site } from "../site.ts";
import { neediestHosts } from "./neediest-hosts.ts";
import { type Started, startArchives, type StartOptions } from "./start-archives.ts";

/** Has BackupPC archive the hosts that have fewer than `keep` + 1 complete archives, also those that were never archived. */
export async function startNeediest(
  { keep, archiveHost }: { readonly keep: number; readonly archiveHost: string | undefined },
  options: Omit<StartOptions, "archiveHost">,
  { catalog, schedule }: Site,
): Promise<Started> {
  const archives = await catalog.list();
  const choose = (hosts: readonly BackedUpHost[]): readonly string[] =>
    neediestHosts(archives, withBackups(chosenHosts(hosts, schedule).chosen), keep);
  return await startArchives(choose, { ...options, archiveHost });
}
