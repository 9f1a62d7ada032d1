import type { ArchiveFacts } from "./archive-facts.ts";
import { calendarIn } from "./calendar.ts";
import type { Decision, Reason } from "./decision.ts";
import { keptByCalendar } from "./kept-by-calendar.ts";
import type { RetentionPolicy } from "./policy.ts";
import { stopOfHost, stopOfOne } from "./stop-of.ts";

const DAY = 86_400_000;

/** Decides the archives of one host. @param archives newest first */
export function planHost<Archive extends ArchiveFacts>(
  archives: readonly Archive[],
  policy: RetentionPolicy,
  now: Date,
): Decision<Archive>[] {
  const decided = new Map<Archive, Decision<Archive>>();
  for (const { members, counted } of groupsOf(archives)) {
    for (const decision of planGroup(counted, policy, now))
      if (members.has(decision.archive)) decided.set(decision.archive, decision);
  }
  const plan = archives.map((archive) => decided.get(archive) ?? undecided(archive));
  const stop = stopOfHost(archives, now);
  return plan.map((decision) => {
    if (decision.action === "keep") return decision;
    const cause = stop ?? stopOfOne(decision.archive, archives);
    if (cause === undefined) return decision;
    return { ...decision, action: "keep", reasons: [{ kind: "stopped", ...cause }] };
  });
}

/** Archives that are decided together, and those that count for them, newest first. */
interface Group<Archive> {
  readonly members: ReadonlySet<Archive>;
  readonly counted: readonly Archive[];
}

/**
 * One for each uploader, and one for legacy archives. What is verified counts for legacy ones too, but not the
 * other way round: nobody signed them.
 */
function groupsOf<Archive extends ArchiveFacts>(archives: readonly Archive[]): Group<Archive>[] {
  const backups = archives.filter(({ status }) => status !== "incomplete");
  const verified = backups.filter(({ trust }) => trust === "verified");
  const uploaders = new Set(verified.map(({ uploader }) => uploader));
  const groups = [...uploaders].map((one) => verified.filter(({ uploader }) => uploader === one));
  const legacy = new Set(backups.filter(({ trust }) => trust === "legacy"));
  const [only, ...others] = groups;
  const besides = new Set(others.length === 0 ? only : []);
  const withLegacy = backups.filter((archive) => legacy.has(archive) || besides.has(archive));
  return [
    ...groups.map((group) => ({ members: new Set(group), counted: group })),
    { members: legacy, counted: withLegacy },
  ];
}

function planGroup<Archive extends ArchiveFacts>(
  archives: readonly Archive[],
  policy: RetentionPolicy,
  now: Date,
): Decision<Archive>[] {
  const { ageDays = 0, keep = 1, timeZone = "UTC" } = policy;
  const last = lastOf(archives);
  const periods = keptByCalendar(archives.filter(isGood), policy, calendarIn(timeZone));
  let newer = 0;
  return archives.map((archive) => {
    const days = (now.getTime() - archive.time.getTime()) / DAY;
    const reasons: Reason[] = [...(periods.get(archive) ?? [])];
    if (archive === last) reasons.unshift({ kind: "last" });
    if (policy.ageDays !== undefined && days <= ageDays) reasons.push({ kind: "young", days });
    if (newer < keep) reasons.push({ kind: "newest", newer, keep });
    const expired: Reason = { kind: "expired", days, newer };
    if (isGood(archive)) newer++;
    if (reasons.length > 0) return { archive, action: "keep", reasons };
    return { archive, action: "delete", reasons: [expired] };
  });
}

/** What is restored if all else goes. */
function lastOf<Archive extends ArchiveFacts>(archives: readonly Archive[]): Archive | undefined {
  return (
    archives.find(isGood) ??
    archives.find(({ damaged }) => !damaged) ??
    archives.find(({ status }) => status === "complete") ??
    archives[0]
  );
}

function undecided<Archive extends ArchiveFacts>(archive: Archive): Decision<Archive> {
  const kind = archive.status === "incomplete" ? "incomplete" : "unverified";
  return { archive, action: "keep", reasons: [{ kind }] };
}

/** Whether others may go because it is newer. */
function isGood({ status, trust, damaged, ambiguous }: ArchiveFacts): boolean {
  return status === "complete" && trust !== "unverified" && !damaged && !ambiguous;
}
