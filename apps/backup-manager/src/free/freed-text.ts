import type { GcPlan } from "@backuppc-archive-s3/backup-catalog";
import { formatBytes } from "@backuppc-archive-s3/settings";
import { localTime } from "../text/local-time.ts";
import type { Freed } from "./free-host.ts";

/** `12.3 GB freed, 4.1 GB more after 2026-12-21 03:15 UTC`. @param more bytes that were freed besides */
export function freedText({ plan, outcome }: Freed, test: boolean, more: number): string {
  const now = (outcome?.freedBytes ?? plan.freedBytes) + more;
  const tense = test ? "would be freed" : "freed";
  return [`${formatBytes(now)} ${tense}`, ...laterTexts(plan)].join(", ");
}

/** What only a later gc can free. */
export function laterTexts({ laterBytes, laterAfter }: GcPlan): string[] {
  const after = laterAfter === undefined ? "later" : `after ${localTime(laterAfter)}`;
  return laterBytes === 0 ? [] : [`${formatBytes(laterBytes)} more ${after}`];
}

/** What nobody knows yet to be garbage. */
export function youngTexts({ youngBytes }: GcPlan): string[] {
  return youngBytes === 0 ? [] : [`${formatBytes(youngBytes)} may be of a running archive`];
}
