import type { Reason } from "@backuppc-archive-s3/backup-catalog";
import { count } from "../text/count.ts";

/** Why an archive is kept or goes, in words. */
export function why(reasons: readonly Reason[]): string {
  return reasons.map(inWords).join("; ");
}

function inWords(reason: Reason): string {
  switch (reason.kind) {
    case "unfinalized":
      return "unfinalized: gc takes it when it is stale";
    case "last":
      return "the last good one";
    case "young":
      return `${daysOld(reason.days)} old`;
    case "newest":
      return reason.newer === 0 ? "no newer complete" : `only ${reason.newer} newer complete`;
    case "expired":
      return `${daysOld(reason.days)} old, ${reason.newer} newer complete`;
    default:
      return `the newest of ${reason.period}`;
  }
}

function daysOld(days: number): string {
  return count(Math.floor(days), "day");
}
