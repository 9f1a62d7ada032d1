import type { ArchiveFacts } from "./archive-facts.ts";
import type { Stop } from "./decision.ts";

const DAY = 86_400_000;

/** Why nothing of the host may be deleted; undefined if it may. */
export function stopOfHost(archives: readonly ArchiveFacts[], now: Date): Stop | undefined {
  const backups = archives.filter(({ status }) => status !== "incomplete");
  const future = backups.find(({ time }) => time.getTime() > now.getTime() + DAY);
  if (future !== undefined) return { cause: "future", by: future.id };
  const ambiguous = backups.find((archive) => archive.ambiguous);
  return ambiguous && { cause: "two-markers", by: ambiguous.id };
}

/** Why this one may not be deleted: a newer one would count, if it were what it says. */
export function stopOfOne(
  { time }: ArchiveFacts,
  archives: readonly ArchiveFacts[],
): Stop | undefined {
  const unverified = archives.find(
    (other) => other.status !== "incomplete" && other.trust === "unverified" && other.time >= time,
  );
  return unverified && { cause: "unverified", by: unverified.id };
}
