import { writeMetrics } from "@backuppc-archive-s3/alarms";
import type { ArchiveSummary } from "@backuppc-archive-s3/backup-catalog";
import { storeMetrics } from "../alarms/store-metrics.ts";
import { type LastRuns, readLastRuns } from "../backuppc/read-last-runs.ts";
import { provenAt, readDrills } from "../drill/drill-files.ts";
import { archivesOfHosts, isComplete, timeOf } from "../list/archives-of-hosts.ts";
import {
  isAnythingMissing,
  type MissingArchives,
  missingArchives,
} from "../list/missing-archives.ts";
import { storeTime } from "../store-time.ts";
import { count } from "../text/count.ts";
import type { Step } from "./steps.ts";
import type { Trouble } from "./trouble.ts";

/** Hosts without a complete archive for too long, those that never had one, and those whose archives vanished. */
export const overdueStep: Step = async ({ overdue }, { site, output }) => {
  const found = await site.catalog.list({ steady: true });
  const now = storeTime(site.store);
  const missing = await missingArchives(
    found,
    { host: undefined, undrilled: undefined, overdue },
    site,
    now,
  );
  const drills = provenAt(await readDrills(site.stateDirectory, (line) => output.note(line)));
  const facts = { archives: found, overdue: missing.overdue, drills };
  const note = await writeMetrics(site.metricsFile, (there) => storeMetrics(there, facts, now));
  if (note !== undefined) output.note(`warning: ${note}`);
  if (!isAnythingMissing(missing)) return { outcome: "done", troubles: [] };
  const troubles = troublesOf(
    missing,
    overdue,
    found,
    await readLastRuns(site.schedule.backupType),
  );
  return { outcome: "failed", troubles };
};

/** @param runs what BackupPC knows of each host */
export function troublesOf(
  { overdue, never, vanished, all }: MissingArchives,
  days: number,
  found: readonly ArchiveSummary[],
  runs: LastRuns,
): Trouble[] {
  const nothing = { host: undefined, attempt: undefined, since: undefined };
  if (all) return [{ kind: "empty", ...nothing, why: "there is no archive at all" }];
  const ofHosts = archivesOfHosts(found);
  return overdue.map((host) => {
    const ofHost = ofHosts.get(host) ?? [];
    const last = ofHost.findLast(isComplete);
    const since = last === undefined ? undefined : new Date(timeOf(last));
    const about = { host, attempt: ofHost.at(-1)?.id.attempt, since };
    if (vanished.includes(host))
      return { kind: "vanished", ...about, why: "its archives are no longer there" };
    const error = runs.archiveErrors.get(host);
    if (never.includes(host))
      return { kind: "never", ...about, why: error ?? "nobody has asked BackupPC for one" };
    return (
      onlyPartial(ofHost, about, runs) ??
      notBackedUp(host, last, runs) ?? {
        kind: "overdue",
        ...about,
        why: error ?? overdueText(last, days),
      }
    );
  });
}

/** Of a host whose first archive is in progress, or failed, nothing is known for days. */
function overdueText(last: ArchiveSummary | undefined, days: number): string {
  if (last === undefined) return "there is no complete archive of it";
  return `no complete archive for ${count(days, "day")}`;
}

/** Where the newest backup is archived with errors, the next run would leave it out. */
function onlyPartial(
  ofHost: readonly ArchiveSummary[],
  about: Pick<Trouble, "host" | "attempt" | "since">,
  { archiveErrors, backups }: LastRuns,
): Trouble | undefined {
  const newest = ofHost.findLast(({ status }) => status !== "incomplete");
  if (newest?.status !== "partial") return undefined;
  const { host, number, attempt } = newest.id;
  const backup = backups.get(host);
  if (backup !== undefined && backup.started > newest.started) return undefined;
  const why = `the archive of backup ${number} is partial: BackupPC had errors reading it`;
  return { kind: "partial", ...about, attempt, why: archiveErrors.get(host) ?? why };
}

/** Where the newest backup is archived, another archive would bring nothing: BackupPC needs attention. */
function notBackedUp(
  host: string,
  last: ArchiveSummary | undefined,
  { backups, folder: backuppc }: LastRuns,
): Trouble | undefined {
  const backup = backups.get(host);
  if (last === undefined || backup === undefined || backup.started > last.started) return undefined;
  const why = backup.error === "" ? "BackupPC has made no backup of it since" : backup.error;
  return { kind: "not-backed-up", host, attempt: undefined, since: backup.started, backuppc, why };
}
