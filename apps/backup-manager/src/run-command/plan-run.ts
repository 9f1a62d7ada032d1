import type { BackedUpHost, Backup } from "../backuppc/read-hosts.ts";
import { isOfFuture } from "../list/archives-of-hosts.ts";

/** What is known of an archive that is in the store and believed. */
export interface KnownArchive {
  readonly host: string;
  /** BackupPC's backup number. */
  readonly number: number;
  /** When BackupPC began the backup; undefined where its record could not be read. */
  readonly backupStarted: Date | undefined;
  /** When the archive was begun, by the store's clock. */
  readonly started: Date;
  readonly isComplete: boolean;
}

export interface RunPolicy {
  /** Seconds from the start of one archive of a host to that of the next. */
  readonly every: number;
  /** `any`: the newest backup; `full`: the newest full one. */
  readonly backupType: "any" | "full";
}

/** What is done with a host, and why. */
export type HostDecision = { readonly host: string } & (
  | { readonly action: "archive"; readonly backup: Backup }
  | {
      readonly action: "skip";
      readonly reason: "no-backup" | "archived" | "not-due";
      readonly backup: Backup | undefined;
    }
);

/**
 * Decides which backup of each host is archived, neediest first: hosts without a complete archive, then those whose newest
 * complete one is the oldest. Asks nothing of anyone.
 *
 * @param known of any hosts, in any order
 * @param now by the store's clock
 */
export function planRun(
  hosts: readonly BackedUpHost[],
  known: readonly KnownArchive[],
  policy: RunPolicy,
  now: Date,
): HostDecision[] {
  const dated = known.filter(({ started }) => !isOfFuture(started, now));
  const needs = new Map(hosts.map(({ name }) => [name, newestComplete(name, dated)]));
  const need = (host: string): number => needs.get(host) ?? -Infinity;
  return hosts
    .map((host) => decide(host, known, policy, now))
    .toSorted((a, b) => compare(need(a.host), need(b.host)) || (a.host < b.host ? -1 : 1));
}

function compare(a: number, b: number): number {
  return a === b ? 0 : a - b;
}

function decide(
  { name: host, backups }: BackedUpHost,
  known: readonly KnownArchive[],
  { every, backupType }: RunPolicy,
  now: Date,
): HostDecision {
  const backup = newestOf(backups, backupType);
  if (backup === undefined) return { host, action: "skip", reason: "no-backup", backup };
  if (isArchived(host, backup, known)) return { host, action: "skip", reason: "archived", backup };
  // By one of a clock that was wrong, the host would wait for years.
  const ofHost = known.filter(
    (archive) => archive.host === host && !isOfFuture(archive.started, now),
  );
  const newest = Math.max(...ofHost.map(({ started }) => started.getTime()), -Infinity);
  if (now.getTime() - newest < (every - slack(every)) * 1000)
    return { host, action: "skip", reason: "not-due", backup };
  return { host, action: "archive", backup };
}

/**
 * Seconds by which an archive may be early. A run each night asks for a host now an hour earlier, now an hour later, as the
 * hosts before it take their time: counted to the second, every other night would be left out.
 */
function slack(every: number): number {
  return Math.min(every / 2, HALF_A_DAY);
}

const HALF_A_DAY = 43_200;

/** By number, as BackupPC has it: one that was made while a clock was wrong has any time. A backup that broke off is none. */
function newestOf(
  backups: readonly Backup[],
  backupType: RunPolicy["backupType"],
): Backup | undefined {
  return backups
    .filter(({ type }) => type === "full" || (backupType === "any" && type === "incr"))
    .toSorted((a, b) => a.number - b.number)
    .at(-1);
}

/** Whether there is an archive of this very backup. A partial one counts too: it would have the same errors again. */
export function isArchived(host: string, backup: Backup, known: readonly KnownArchive[]): boolean {
  return known.some((archive) => archive.host === host && isOf(archive, backup));
}

function isOf({ number, backupStarted, started }: KnownArchive, backup: Backup): boolean {
  if (number !== backup.number) return false;
  if (backupStarted === undefined) return started >= backup.started;
  return backupStarted.getTime() === backup.started.getTime();
}

function newestComplete(host: string, known: readonly KnownArchive[]): number {
  const complete = known.filter((archive) => archive.host === host && archive.isComplete);
  return Math.max(...complete.map(({ started }) => started.getTime()), -Infinity);
}
