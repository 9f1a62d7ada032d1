import {
  type GcOutcome,
  type GcPlan,
  type InventoryOptions,
  planGc,
} from "@backuppc-archive-s3/backup-catalog";
import type { Output } from "../output.ts";
import type { Site } from "../site.ts";
import type { HeldHost } from "../state/host-state.ts";
import { printable } from "../text/printable.ts";
import { progressBar } from "../text/progress-bar.ts";

/** What is freed of a host, now and later. */
export interface Freed {
  readonly plan: GcPlan;
  /** Undefined if nothing was tried: for --test, or the plan is refused. */
  readonly outcome: GcOutcome | undefined;
  /** The host's lock was held, so that what only deleted archives name goes at once. */
  readonly immediate: boolean;
}

export interface FreeOptions extends Pick<InventoryOptions, "onUnknownKey"> {
  readonly purgeVersions: boolean;
  /** Only plan. */
  readonly test: boolean;
  /** The host's lock, if archive-host's working directory is on this machine. */
  readonly lock: HeldHost | undefined;
}

/**
 * Deletes the chunks of a host that no archive needs.
 *
 * @throws {CatalogError} code `clock`; `ManagerError` code `old-index`
 */
export async function freeHost(
  host: string,
  { purgeVersions, test, lock, onUnknownKey }: FreeOptions,
  site: Site,
  output: Output,
): Promise<Freed> {
  const title = printable(host);
  output.progress(`${title}: listing chunks`);
  const inventory = await site.catalog.takeInventory(host, await site.trust(), {
    purgeVersions,
    ...(onUnknownKey !== undefined && { onUnknownKey }),
  });
  const names = (await lock?.releasable()) ?? new Set<string>();
  const atOnce = names.size > 0 ? lock : undefined;
  const plan = planGc(
    inventory,
    atOnce === undefined ? {} : { lock: { uploader: atOnce.uploader, names } },
  );
  const immediate = atOnce !== undefined && plan.otherUploader === undefined;
  if (test || plan.refusal !== undefined) return { plan, outcome: undefined, immediate };
  if (atOnce !== undefined && plan.strike.length > 0) await atOnce.forget(plan.strike);
  const outcome = await site.catalog.collect(plan, {
    purgeVersions,
    onProgress: ({ done, total }) => output.progress(`${progressBar(done, total)} ${title}`),
  });
  return { plan, outcome, immediate };
}
