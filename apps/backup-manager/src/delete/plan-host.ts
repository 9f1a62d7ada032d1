import {
  type ArchiveFacts,
  type ArchiveSummary,
  assess,
  assessLegacy,
  CatalogError,
  type Inventory,
  planRetention,
  type RetentionPolicy,
} from "@backuppc-archive-s3/backup-catalog";
import { isLegacy } from "../legacy/legacy-bucket-site.ts";
import type { Output } from "../output.ts";
import type { Site } from "../site.ts";
import { storeTime } from "../store-time.ts";
import { errorLine } from "../text/error-line.ts";
import { printable } from "../text/printable.ts";
import type { HostPlan, Planned } from "./delete-plan.ts";
import { stopText, why } from "./why.ts";

/**
 * What a policy does with a host's archives, by what is proven of them. A host whose store does not answer as it
 * should stops its own decision alone.
 *
 * @param archives all of the host's
 */
export async function planHost(
  host: string,
  archives: readonly ArchiveSummary[],
  policy: RetentionPolicy,
  site: Site,
  output: Output,
): Promise<HostPlan> {
  output.progress(`${printable(host)}: checking its archives`);
  try {
    const hasOwn = archives.some(({ id }) => !isLegacy(id));
    const inventory = hasOwn
      ? await site.catalog.takeInventory(host, await site.trust())
      : undefined;
    const facts = [
      ...(inventory === undefined ? [] : assess(inventory)),
      ...archives.filter(({ id }) => isLegacy(id)).map(assessLegacy),
    ];
    const now = inventory?.now ?? storeTime(site.store);
    return decided(host, archives, inventory, planRetention(facts, policy, now));
  } catch (error) {
    if (!(error instanceof CatalogError) || error.code === "invalid-policy") throw error;
    const planned = archives.map((archive) => kept(archive, "nothing is decided for this host"));
    return { host, archives: planned, inventory: undefined, stop: errorLine(error) };
  }
}

function decided(
  host: string,
  archives: readonly ArchiveSummary[],
  inventory: Inventory | undefined,
  decisions: ReturnType<typeof planRetention>,
): HostPlan {
  const listed = new Map(archives.map((archive) => [nameOf(archive), archive]));
  const planned = decisions.map(({ archive: facts, action, reasons }) => ({
    archive: listed.get(nameOf(facts)) ?? summaryOf(facts),
    action,
    why: why(reasons),
  }));
  const [stop] = decisions.flatMap(({ reasons }) =>
    reasons.flatMap((reason) => (reason.kind === "stopped" ? [stopText(reason)] : [])),
  );
  return { host, archives: planned, inventory, stop };
}

function nameOf({ id }: Pick<ArchiveFacts, "id">): string {
  return `${id.number} ${id.attempt}`;
}

/** An archive that was made since the list. */
function summaryOf({ id, status, time, ambiguous }: ArchiveFacts): ArchiveSummary {
  return { id, status, started: time, ambiguous, deleted: false };
}

function kept(archive: ArchiveSummary, reason: string): Planned {
  return { archive, action: "keep", why: reason };
}
