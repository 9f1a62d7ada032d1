import type { DeleteInvocation } from "../command-line/invocation.ts";
import { jsonText } from "../json/json-text.ts";
import type { Outcome } from "../outcome.ts";
import type { Output } from "../output.ts";
import type { Site } from "../site.ts";
import type { Started } from "../start/start-archives.ts";
import { startNeediest } from "../start/start-neediest.ts";
import { startedLine } from "../start/started-line.ts";
import { errorLine } from "../text/error-line.ts";
import { deleteJsonSchema, deletedJson } from "./delete-json.ts";
import { deletePlan, type Planned } from "./delete-plan.ts";
import { deletePlanned, type Done } from "./delete-planned.ts";
import { deletedTable, planTable } from "./delete-table.ts";

/** Deletes the archives that a policy lets go, or those of one backup. With --test it tells what and why. */
export async function deleteArchives(
  asked: DeleteInvocation,
  site: Site,
  output: Output,
): Promise<Outcome> {
  const { selection, test, purgeVersions } = asked;
  const now = new Date();
  const plan = await deletePlan(selection, site, now);
  const { done, isWell } = test
    ? { done: untouched(plan), isWell: true }
    : await deletePlanned(plan, purgeVersions, site, output);
  const { started, isStarted } = await startWhereAsked(asked, site, output);
  if (asked.json) {
    const archives = done.map(deletedJson);
    const start = started ? { ...started, hosts: [...started.hosts] } : null;
    await output.result(jsonText(deleteJsonSchema, { format: 1, test, archives, started: start }));
  } else if (!asked.quiet) {
    await output.result(test ? planTable(plan, now) : deletedTable(done, now));
    if (started !== undefined) await output.result(startedLine(started, test));
  }
  if (!isWell || !isStarted) return "failed";
  const hasMatched = plan.some(({ action }) => action === "delete");
  return hasMatched || started !== undefined ? "done" : "nothing-matched";
}

function untouched(plan: readonly Planned[]): Done[] {
  return plan.map((planned) => ({ ...planned, outcome: undefined }));
}

/** What was deleted is told, even where BackupPC starts nothing. */
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
