import { type ArchiveSummary, planRetention } from "@backuppc-archive-s3/backup-catalog";
import type { DeleteInvocation } from "../command-line/invocation.ts";
import { archivesOfBackup } from "../list/archives-of-backup.ts";
import { noSuchHost } from "../manager-error.ts";
import type { Site } from "../site.ts";
import { why } from "./why.ts";

/** What becomes of an archive. */
export interface Planned {
  readonly archive: ArchiveSummary;
  readonly action: "keep" | "delete";
  /** In words. */
  readonly why: string;
}

/** What becomes of each archive that the selection looks at. @throws {ManagerError} where it names what is not there */
export async function deletePlan(
  selection: DeleteInvocation["selection"],
  site: Site,
  now: Date,
): Promise<Planned[]> {
  if ("number" in selection) {
    const archives = await archivesOfBackup(selection, site);
    return archives.map((archive) => ({
      archive,
      action: "delete",
      why: "asked for by its number",
    }));
  }
  const { host, policy } = selection;
  const archives = await site.catalog.list(host === undefined ? {} : { host });
  if (host !== undefined && archives.length === 0) throw noSuchHost(host, site.name);
  return planRetention(archives, policy, now).map(({ archive, action, reasons }) => ({
    archive,
    action,
    why: why(reasons),
  }));
}
