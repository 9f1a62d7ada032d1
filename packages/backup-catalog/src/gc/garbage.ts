import type { CallOptions } from "@backuppc-archive-s3/s3-transport";
import type { ArchiveId } from "../archive.ts";
import type { ArchiveStatus } from "../archive-status.ts";

export interface InventoryOptions extends CallOptions {
  /** Look at every version too, where the bucket keeps them. Needs a catalog that was opened with `versions`. */
  readonly purgeVersions?: boolean;
  /** Told each key among archives and chunks that is none of ours. */
  readonly onStray?: (key: string) => void;
}

/** What the store holds of one archive, by its keys: records and chunks alike. */
export interface Holding {
  readonly id: ArchiveId;
  readonly status: ArchiveStatus;
  /** `started.json` is there. */
  readonly begun: boolean;
  /** What a plain list shows, records and chunks. */
  readonly objects: number;
  readonly bytes: number;
  /** Versions that a plain list does not show; with `purgeVersions` only. */
  readonly hidden: { readonly versions: number; readonly bytes: number };
  /** When the youngest object that a list shows was stored, by the store's clock. */
  readonly newest?: Date;
}

/**
 * Why an archive's objects are garbage.
 *
 * - `unfinalized`: begun, and nothing was stored for longer than the given age without a marker: an
 *   attempt that broke off, or a delete that did.
 * - `orphaned`: objects without a `started.json`, which is written first and deleted last.
 * - `hidden`: nothing but versions that a plain list does not show: what an earlier delete left in a
 *   bucket that keeps versions.
 */
export type GarbageReason = "unfinalized" | "orphaned" | "hidden";

export interface Garbage extends Holding {
  readonly reason: GarbageReason;
}

/** What `gc` would do. */
export interface GcPlan {
  readonly garbage: readonly Garbage[];
  /** Unfinalized, but too young to be garbage: they may still be running. */
  readonly spared: readonly Holding[];
}
