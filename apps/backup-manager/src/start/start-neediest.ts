import type { Site } from "../site.ts";
import { neediestHosts } from "./neediest-hosts.ts";
import { type Started, startArchives, type StartOptions } from "./start-archives.ts";

/** Has BackupPC archive the hosts of the store that have fewer than `keep` + 1 complete archives. */
export async function startNeediest(
  { keep, archiveHost }: { readonly keep: number; readonly archiveHost: string | undefined },
  options: Omit<StartOptions, "archiveHost">,
  { catalog }: Site,
): Promise<Started> {
  const archives = await catalog.list();
  return await startArchives((backedUp) => neediestHosts(archives, backedUp, keep), {
    ...options,
    archiveHost,
  });
}
