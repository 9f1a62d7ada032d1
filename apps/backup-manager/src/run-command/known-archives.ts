import type { ArchiveSummary } from "@backuppc-archive-s3/backup-catalog";
import { isLegacy } from "../legacy/legacy-bucket-site.ts";
import { archivesOfHosts } from "../list/archives-of-hosts.ts";
import { type Candidate, openCandidates } from "../script/candidate.ts";
import type { Site } from "../site.ts";
import type { KnownArchive } from "./plan-run.ts";

/** Archives of a host that are looked at, newest first: the backup that is asked for is one of the newest. */
const MOST = 5;

/**
 * The newest archives of each host that are genuine, or of one host. What is not verified must not keep a host from being
 * archived.
 */
export async function knownArchives(site: Site, host?: string): Promise<KnownArchive[]> {
  const asked = { steady: true, ...(host !== undefined && { host }) };
  const newest = [...archivesOfHosts((await site.catalog.list(asked)).filter(isBackup))].flatMap(
    ([, ofHost]) => ofHost.slice(-MOST),
  );
  return (await openCandidates(newest, site)).flatMap(knownOf);
}

function isBackup({ id, status, deleted }: ArchiveSummary): boolean {
  return !isLegacy(id) && status !== "incomplete" && !deleted;
}

function knownOf({ head, trust }: Candidate): KnownArchive[] {
  if (head === undefined || trust.state !== "verified") return [];
  const { host, number, backup, started, status } = head;
  const backupStarted = backup === undefined ? undefined : new Date(backup.started);
  const isComplete = status === "complete";
  return [{ host, number, backupStarted, started: new Date(started), isComplete }];
}
