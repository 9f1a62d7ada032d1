import type { ArchiveFacts } from "./archive-facts.ts";

/** Whether others may go because it is newer. */
export function isGood({ status, trust, damaged, ambiguous }: ArchiveFacts): boolean {
  return status === "complete" && trust !== "unverified" && !damaged && !ambiguous;
}
