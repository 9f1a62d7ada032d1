import { type Calendar, PERIODS } from "./calendar.ts";
import type { ArchiveFacts } from "./archive-facts.ts";
import type { Reason } from "./decision.ts";
import type { RetentionPolicy } from "./policy.ts";

/**
 * Of each of the last so many days (weeks, months, years) that have a complete archive, the newest.
 *
 * @param complete of one host, newest first
 */
export function keptByCalendar<Archive extends ArchiveFacts>(
  complete: readonly Archive[],
  policy: RetentionPolicy,
  calendar: Calendar,
): Map<Archive, Reason[]> {
  const kept = new Map<Archive, Reason[]>();
  for (const kind of PERIODS) {
    const seen = new Set<string>();
    for (const archive of complete) {
      if (seen.size >= (policy[kind] ?? 0)) break;
      const period = calendar(archive.time, kind);
      if (seen.has(period)) continue;
      seen.add(period);
      kept.set(archive, [...(kept.get(archive) ?? []), { kind, period }]);
    }
  }
  return kept;
}
