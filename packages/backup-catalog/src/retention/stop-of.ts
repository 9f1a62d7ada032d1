import type { ArchiveFacts } from "./archive-facts.ts";
import type { Decision, Stop } from "./decision.ts";

const DAY = 86_400_000;

/** Why nothing of the host may be deleted; undefined if it may. @param plan newest first */
export function stopOf(plan: readonly Decision[], now: Date): Stop | undefined {
  const backups = plan
    .map(({ archive }) => archive)
    .filter(({ status }) => status !== "incomplete");
  const future = backups.find(({ time }) => time.getTime() > now.getTime() + DAY);
  if (future !== undefined) return { cause: "future", by: future.id };
  const ambiguous = backups.find((archive) => archive.ambiguous);
  if (ambiguous !== undefined) return { cause: "two-markers", by: ambiguous.id };
  const unverified = backups.find((archive) => isNewerThanDoomed(archive, plan));
  return unverified && { cause: "unverified", by: unverified.id };
}

/** It would count for what goes, if it were what it says. */
function isNewerThanDoomed({ trust, time }: ArchiveFacts, plan: readonly Decision[]): boolean {
  if (trust !== "unverified") return false;
  return plan.some(({ archive, action }) => action === "delete" && archive.time <= time);
}
