import type { ArchiveSummary, Finding, TrustState } from "@backuppc-archive-s3/backup-catalog";
import type { CheckedData } from "./checked-data.ts";
import { isDamage } from "./finding-text.ts";

/** The result of checking an archive. */
export interface Verified {
  readonly archive: ArchiveSummary;
  readonly trust: TrustState | undefined;
  readonly findings: readonly Finding[];
  /** What was downloaded. */
  readonly data: CheckedData | undefined;
  /** Why it could not be checked. */
  readonly error: string | undefined;
}

/**
 * - `intact`: all that was checked is as it should be
 * - `damaged`: it cannot be restored, or contradicts itself or the configuration
 * - `unverified`: no signing key that is known has signed it, so that nobody knows whether it is genuine
 * - `unchecked`: it could not be checked
 */
export type Verdict = "intact" | "damaged" | "unverified" | "unchecked";

export function verdictOf({ findings, error }: Pick<Verified, "findings" | "error">): Verdict {
  if (findings.some(isDamage)) return "damaged";
  if (error !== undefined) return "unchecked";
  return findings.some(({ kind }) => kind === "not-verified") ? "unverified" : "intact";
}
