import type { ArchiveId } from "../archive.ts";
import type { ArchiveFacts } from "./archive-facts.ts";
import type { Period } from "./calendar.ts";

/** What becomes of an archive, and every reason for it. */
export interface Decision<Archive extends ArchiveFacts = ArchiveFacts> {
  readonly archive: Archive;
  readonly action: "keep" | "delete";
  /** At least one. */
  readonly reasons: readonly Reason[];
}

/**
 * Why an archive is kept, or goes. *Good* is a complete archive that is verified and not damaged.
 *
 * - `incomplete`: kept, since it is no backup; `gc` takes it when it is stale
 * - `unverified`: kept, since nothing unsigned decides, not even of itself
 * - `last`: kept, the newest good archive of its host, or the next best where none is good
 * - `young`: kept, not older than `age` days; `days` is its age
 * - `newest`: kept, fewer than `keep` newer good archives of its host
 * - a calendar rule: kept, the newest good one of that `period`
 * - `stopped`: kept, since nothing is decided about it: see {@link Stop}
 * - `expired`: goes; `days` is its age, `newer` how many newer good ones there are
 */
export type Reason =
  | { readonly kind: "incomplete" | "unverified" | "last" }
  | { readonly kind: "young"; readonly days: number }
  | { readonly kind: "newest"; readonly newer: number; readonly keep: number }
  | { readonly kind: Period; readonly period: string }
  | ({ readonly kind: "stopped" } & Stop)
  | { readonly kind: "expired"; readonly days: number; readonly newer: number };

/**
 * Why an archive is not deleted that would be: `by` is the archive that stops it.
 *
 * - `future`: it is dated more than a day after now, so ages mean nothing for the host
 * - `two-markers`: nobody knows what it is, which stops all of the host
 * - `unverified`: it is newer, and would count if it were what it says
 */
export interface Stop {
  readonly cause: "future" | "two-markers" | "unverified";
  readonly by: ArchiveId;
}
