import type { CallOptions, DeleteFailure } from "@backuppc-archive-s3/s3-transport";

export interface DeleteOptions extends CallOptions {
  /** Delete every version, where the bucket keeps them. Needs a catalog that was opened with `versions`. */
  readonly purgeVersions?: boolean;
  /** Told after each request. */
  readonly onProgress?: (progress: DeleteProgress) => void;
}

export interface DeleteProgress {
  /** Objects that are gone; with `purgeVersions`, versions. */
  readonly done: number;
  /** As many as are known of so far: it may grow. */
  readonly total: number;
}

export interface DeleteOutcome {
  /** Objects that were deleted; with `purgeVersions`, versions. */
  readonly deleted: number;
  /** What they held. See `keptBy`. */
  readonly bytes: number;
  /** What stayed, and why. Unless empty, the archive is unfinalized now, and a delete may be tried again. */
  readonly failures: readonly DeleteFailure[];
  /** Keys in the archive's folders that are none of ours: left as they are. */
  readonly strays: readonly string[];
  /** Why nothing was freed: the bucket keeps what is deleted. Told by a catalog that was opened with `versions`. */
  readonly keptBy?: "versioning" | "object-lock";
}
