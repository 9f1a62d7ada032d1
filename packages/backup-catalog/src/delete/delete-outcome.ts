import type { CallOptions, DeleteFailure } from "@backuppc-archive-s3/s3-transport";

/** How a delete goes on. */
export interface DeleteOptions extends CallOptions {
  /** Delete every version, where the bucket keeps them. Needs a catalog that was opened with `versions`. */
  readonly purgeVersions?: boolean;
  /**
   * The caller knows that no run is writing the archive, such as by holding the host's lock. Without it
   * an attempt without a marker is deleted only when it is older than the longest run, or its head
   * than `MARGIN_MS`.
   */
  readonly notRunning?: boolean;
  /** Called after each request. */
  readonly onProgress?: (progress: DeleteProgress) => void;
}

/** How far a delete has come. */
export interface DeleteProgress {
  /** Objects that are gone; with `purgeVersions`, versions. */
  readonly done: number;
  /** As many as are known of so far: it may grow. */
  readonly total: number;
}

/** What a delete has done, and what the store would not do. */
export interface DeleteOutcome {
  /** Objects that were deleted; with `purgeVersions`, versions. */
  readonly deleted: number;
  /** What they held. See `keptBy`. */
  readonly freedBytes: number;
  /** What stayed, and why. Unless empty, the same call may be made again. */
  readonly failures: readonly DeleteFailure[];
  /** Keys in the archive's folder that the program did not create: left as they are. */
  readonly unknownKeys: readonly string[];
  /** Why nothing was freed: the bucket keeps what is deleted. Known to a catalog that was opened with `versions`. */
  readonly keptBy?: "versioning" | "object-lock";
}
