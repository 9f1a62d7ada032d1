import { type ArchiveSummary, LEGACY_ATTEMPT } from "@backuppc-archive-s3/backup-catalog";
import { NO_RUNS, readLastRuns } from "../backuppc/read-last-runs.ts";
import type { HostPlan } from "../delete/delete-plan.ts";
import { NOT_VERIFIED } from "../delete/why.ts";
import type { Drills } from "../drill/drill-files.ts";
import { missingArchives } from "../list/missing-archives.ts";
import { troublesOf } from "../nightly/overdue-step.ts";
import { byUrgency, KINDS, nextCommand, type Trouble } from "../nightly/trouble.ts";
import type { Site } from "../site.ts";
import type { Report, ReportHost } from "./report-json.ts";

/** What a person has to see to, by what the page knows: it downloads nothing, and lists no more than `delete` does. */
export async function reportTroubles(
  {
    plans,
    hosts,
    drills,
  }: { plans: readonly HostPlan[]; hosts: readonly ReportHost[]; drills: Drills },
  found: readonly ArchiveSummary[],
  overdue: number,
  site: Site,
  now: Date,
): Promise<Report["troubles"]> {
  const asked = { host: undefined, undrilled: undefined, overdue };
  const missing = await missingArchives(found, asked, site, now);
  const isAnyOverdue = missing.overdue.length > 0;
  const runs = isAnyOverdue ? await readLastRuns(site.schedule.backupType) : NO_RUNS;
  // Why nothing is known of them is a trouble of its own.
  const undecided = new Set(
    plans.filter(({ inventory }) => inventory === undefined).map(({ host }) => host),
  );
  const troubles = [
    ...troublesOf(missing, overdue, found, runs),
    ...hosts.filter(({ host }) => !undecided.has(host)).flatMap(notGood),
    ...plans.flatMap(notDeleted),
    ...hosts.flatMap(({ host }) => notProven(host, drills)),
  ];
  return byUrgency(troubles).map((trouble) => ({
    kind: trouble.kind,
    host: trouble.host ?? null,
    since: trouble.since?.toISOString() ?? null,
    why: trouble.why,
    todo: KINDS[trouble.kind].todo,
    next: nextCommand(trouble),
  }));
}

/** The newest complete archive is not good: nobody should rely on it. */
function notGood({ host, archives }: ReportHost): Trouble[] {
  const newest = archives.findLast(({ status }) => status === "complete");
  if (newest === undefined || newest.good || newest.attempt === LEGACY_ATTEMPT) return [];
  const about = { host, attempt: newest.attempt, since: new Date(newest.started) };
  if (newest.why === NOT_VERIFIED)
    return [{ kind: "unverified", ...about, why: `backup ${newest.number} is not verified` }];
  return [{ kind: "damaged", ...about, why: `backup ${newest.number} is damaged` }];
}

function notDeleted({ host, stop }: HostPlan): Trouble[] {
  if (stop === undefined) return [];
  return [{ kind: "not-deleted", host, attempt: undefined, since: undefined, why: stop }];
}

function notProven(host: string, drills: Drills): Trouble[] {
  const last = drills.get(host)?.last;
  if (last?.result !== "failed") return [];
  const about = { host, attempt: last.attempt ?? undefined, since: new Date(last.time) };
  return [{ kind: "not-proven", ...about, why: last.reason ?? "the last drill failed" }];
}
