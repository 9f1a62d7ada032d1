import type { Reason, Stop } from "@backuppc-archive-s3/backup-catalog";
import { count } from "../text/count.ts";

/** Why an archive is kept or goes, in words. */
export function why(reasons: readonly Reason[]): string {
  return reasons.map(inWords).join("; ");
}

/** Why nothing of a host is deleted, and what to do about it. */
export function stopText({ cause, by }: Stop): string {
  return `nothing is deleted, because archive ${by.number} (attempt ${by.attempt}) ${STOPS[cause]}`;
}

const STOPS: Readonly<Record<Stop["cause"], string>> = {
  future: "is dated in the future. Check the clocks; then delete it by its number.",
  "two-markers": "has two markers. Delete it by its number.",
  unverified:
    "is not verified. If it is genuine, name its public signing key in `signers`; otherwise delete it by its number.",
};

/** Why `delete` leaves an archive whose signature does not verify. */
export const NOT_VERIFIED = "not verified";

function inWords(reason: Reason): string {
  switch (reason.kind) {
    case "incomplete":
      return "incomplete; gc removes it when it is stale";
    case "unverified":
      return NOT_VERIFIED;
    case "last":
      return "the last good one";
    case "young":
      return `${daysOld(reason.days)} old`;
    case "newest":
      return reason.newer === 0 ? "no newer good one" : `only ${reason.newer} newer good`;
    case "stopped":
      return `stopped by archive ${reason.by.number}`;
    case "expired":
      return `${daysOld(reason.days)} old, ${reason.newer} newer good`;
    default:
      return `the newest of ${reason.period}`;
  }
}

function daysOld(days: number): string {
  return count(Math.floor(days), "day");
}
