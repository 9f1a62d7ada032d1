import type { ArchiveSummary, Inventory } from "@backuppc-archive-s3/backup-catalog";
import type { DeleteInvocation } from "./command.ts";
import { archivesOfBackup } from "../list/archives-of-backup.ts";
import { archivesOfHosts } from "../list/archives-of-hosts.ts";
import { noSuchHost } from "../manager-error.ts";
import type { Output } from "../output.ts";
import type { Site } from "../site.ts";
import { planHost } from "./plan-host.ts";

/** What becomes of an archive. */
export interface Planned {
  readonly archive: ArchiveSummary;
  readonly action: "keep" | "delete";
  /** In words. */
  readonly why: string;
}

/** What becomes of a host's archives. */
export interface HostPlan {
  readonly host: string;
  readonly archives: readonly Planned[];
  /** What they were decided by; undefined where archives were named. */
  readonly inventory: Inventory | undefined;
  /** Why nothing was decided, one line; undefined if all is well. */
  readonly stop: string | undefined;
}

/** What becomes of each archive in question. @throws {ManagerError} if it names something that does not exist */
export async function deletePlan(
  selection: DeleteInvocation["selection"],
  site: Site,
  output: Output,
): Promise<HostPlan[]> {
  if ("number" in selection) {
    const archives = await archivesOfBackup(selection, site);
    const why = "asked for by its number";
    const planned = archives.map((archive) => ({ archive, action: "delete" as const, why }));
    const { host } = selection;
    return [{ host, archives: planned, inventory: undefined, stop: undefined }];
  }
  const { host, policy } = selection;
  const archives = await site.catalog.list({ steady: true, ...(host !== undefined && { host }) });
  if (host !== undefined && archives.length === 0) throw noSuchHost(host, site.name);
  const plans: HostPlan[] = [];
  for (const [name, ofHost] of archivesOfHosts(archives))
    plans.push(await planHost(name, ofHost, policy, site, output));
  output.progress("");
  return plans;
}
