import type { DeleteInvocation } from "./command.ts";
import { jsonText } from "../json/json-text.ts";
import type { Outcome } from "../outcome.ts";
import type { Output } from "../output.ts";
import type { Site } from "../site.ts";
import type { Started } from "../start/start-archives.ts";
import { startNeediest } from "../start/start-neediest.ts";
import { startedLine } from "../start/started-line.ts";
import { storeTime } from "../store-time.ts";
import { errorLine } from "../text/error-line.ts";
import { printable } from "../text/printable.ts";
import { deleteJsonSchema, deletedHostJson, deletedJson } from "./delete-json.ts";
import { deletePlan, type HostPlan } from "./delete-plan.ts";
import { deletePlanned, type DoneHost, untouched } from "./delete-planned.ts";
import { deletedTable, planTable } from "./delete-table.ts";

/** Deletes the archives that a policy lets go, or those of one backup. With --test it prints what and why. */
export async function deleteArchives(
  asked: DeleteInvocation,
  site: Site,
  output: Output,
): Promise<Outcome> {
  const { selection, test, purgeVersions } = asked;
  const plans = await deletePlan(selection, site, output);
  for (const { host, stop } of plans)
    if (stop !== undefined) output.note(`${printable(host)}: ${stop}`);
  const hosts: DoneHost[] = [];
  for (const plan of plans)
    hosts.push(test ? untouched(plan) : await deletePlanned(plan, purgeVersions, site, output));
  const { started, isStarted } = await startWhereAsked(asked, site, output);
  await report(hosts, started, asked, site, output);
  if (!isStarted || hosts.some(({ isWell, plan }) => !isWell || plan.stop !== undefined))
    return "failed";
  return plans.some(hasMatched) || started !== undefined ? "done" : "nothing-matched";
}

function hasMatched({ archives }: HostPlan): boolean {
  return archives.some(({ action }) => action === "delete");
}

async function report(
  hosts: readonly DoneHost[],
  started: Started | undefined,
  { json, quiet, test }: DeleteInvocation,
  site: Site,
  output: Output,
): Promise<void> {
  if (json) {
    const archives = hosts.flatMap((host) => host.archives.map(deletedJson));
    const freed = hosts.flatMap(deletedHostJson);
    const start = started ? { ...started, hosts: [...started.hosts] } : null;
    const result = { format: 1 as const, test, archives, hosts: freed, started: start };
    await output.result(jsonText(deleteJsonSchema, result));
  } else if (!quiet) {
    const now = storeTime(site.store);
    await output.result(test ? planTable(hosts, now) : deletedTable(hosts, now));
    if (started !== undefined) await output.result(startedLine(started, test));
  }
}

/** What was deleted is reported, even if BackupPC starts nothing. */
async function startWhereAsked(
  { start, test }: DeleteInvocation,
  site: Site,
  output: Output,
): Promise<{ readonly started: Started | undefined; readonly isStarted: boolean }> {
  if (start === undefined) return { started: undefined, isStarted: true };
  try {
    return { started: await startNeediest(start, { test }, site), isStarted: true };
  } catch (error) {
    output.note(errorLine(error));
    return { started: undefined, isStarted: false };
  }
}
