import { CatalogError } from "../catalog-error.ts";
import { calendarIn } from "./calendar.ts";
import { keptByCalendar } from "./kept-by-calendar.ts";
import type { DatedArchive, Decision, Reason } from "./decision.ts";
import { checkPolicy, type RetentionPolicy } from "./policy.ts";

const DAY = 86_400_000;

/**
 * Says of each archive whether it stays or goes, and why. It asks nothing of a store or a clock.
 * Order is by time, never by number. The answer is by host, newest first; the order of `archives`
 * is irrelevant.
 *
 * @throws {CatalogError} code `invalid-policy`; or `clock` if an archive is dated more than a day after `now`
 * @example
 * const decisions = planRetention(await catalog.list(), { age: 30, keep: 1 }, new Date());
 */
export function planRetention<Archive extends DatedArchive>(
  archives: readonly Archive[],
  policy: RetentionPolicy,
  now: Date,
): Decision<Archive>[] {
  checkPolicy(policy);
  refuseFuture(archives, now);
  const sorted = archives.toSorted(byHostNewestFirst);
  return hostsOf(sorted).flatMap((ofHost) => planHost(ofHost, policy, now));
}

function planHost<Archive extends DatedArchive>(
  archives: readonly Archive[],
  policy: RetentionPolicy,
  now: Date,
): Decision<Archive>[] {
  const { age = 0, keep = 1, timeZone = "UTC" } = policy;
  const complete = archives.filter(({ status }) => status === "complete");
  const last = complete[0] ?? archives.find(({ status }) => status === "partial");
  const periods = keptByCalendar(complete, policy, calendarIn(timeZone));
  let newer = 0;
  return archives.map((archive) => {
    if (archive.status === "unfinalized") return kept(archive, [{ kind: "unfinalized" }]);
    const days = (now.getTime() - archive.started.getTime()) / DAY;
    const reasons: Reason[] = [...(periods.get(archive) ?? [])];
    if (archive === last) reasons.unshift({ kind: "last" });
    if (policy.age !== undefined && days <= age) reasons.push({ kind: "young", days });
    if (newer < keep) reasons.push({ kind: "newest", newer, keep });
    const expired: Reason = { kind: "expired", days, newer };
    if (archive.status === "complete") newer++;
    if (reasons.length > 0) return kept(archive, reasons);
    return { archive, action: "delete", reasons: [expired] };
  });
}

function kept<Archive extends DatedArchive>(
  archive: Archive,
  reasons: readonly Reason[],
): Decision<Archive> {
  return { archive, action: "keep", reasons };
}

/** With a wrong clock no age is right. */
function refuseFuture(archives: readonly DatedArchive[], now: Date): void {
  const future = archives.find(({ started }) => started.getTime() > now.getTime() + DAY);
  if (future === undefined) return;
  const { host, number } = future.id;
  throw new CatalogError(
    "clock",
    `${host} ${number} is dated ${future.started.toISOString()}, after now: ${now.toISOString()}.`,
    "Set this machine's clock. If it is right, delete that archive by its host and number.",
  );
}

function hostsOf<Archive extends DatedArchive>(sorted: readonly Archive[]): Archive[][] {
  const hosts = new Map<string, Archive[]>();
  for (const archive of sorted) {
    const ofHost = hosts.get(archive.id.host);
    if (ofHost === undefined) hosts.set(archive.id.host, [archive]);
    else ofHost.push(archive);
  }
  return [...hosts.values()];
}

/** Two of the same second are told apart by what is random: any order does, if it is always the same. */
function byHostNewestFirst(
  { id: a, ...one }: DatedArchive,
  { id: b, ...other }: DatedArchive,
): number {
  const time = other.started.getTime() - one.started.getTime();
  return compare(a.host, b.host) || time || compare(b.attempt, a.attempt) || b.number - a.number;
}

function compare(one: string, other: string): number {
  return one === other ? 0 : one < other ? -1 : 1;
}
