import type { ArchiveSummary } from "../catalog.ts";
import type { Period } from "./calendar.ts";

/** What the planner looks at; archives of the predecessor have it too. */
export type DatedArchive = Pick<ArchiveSummary, "id" | "status" | "started">;

/** What becomes of an archive, and every reason for it. */
export interface Decision<Archive extends DatedArchive = DatedArchive> {
  readonly archive: Archive;
  readonly action: "keep" | "delete";
  /** At least one. */
  readonly reasons: readonly Reason[];
}

/**
 * Why an archive is kept, or goes.
 *
 * - `unfinalized`: kept, since it is no backup; `gc` takes it when it is stale
 * - `last`: kept, the newest complete archive of its host, or the newest partial where none is complete
 * - `young`: kept, not older than `age` days; `days` is its age
 * - `newest`: kept, fewer than `keep` newer complete archives of its host
 * - a calendar rule: kept, the newest complete one of that `period`
 * - `expired`: goes; `days` is its age, `newer` how many newer complete ones there are
 */
export type Reason =
  | { readonly kind: "unfinalized" | "last" }
  | { readonly kind: "young"; readonly days: number }
  | { readonly kind: "newest"; readonly newer: number; readonly keep: number }
  | { readonly kind: Period; readonly period: string }
  | { readonly kind: "expired"; readonly days: number; readonly newer: number };
