import type { DeleteFailure } from "@backuppc-archive-s3/s3-transport";
import type { ArchiveId } from "../archive.ts";
import type { ListedAttempt, ListedChunk } from "./inventory.ts";

/** What a plan is made by beside the inventory. */
export interface GcRules {
  /**
   * The caller holds the host's lock, and strikes what `strike` of the plan names from the chunk index before it
   * collects: then those chunks of the index that only deleted archives of this uploader name are freed at once.
   */
  readonly lock?: {
    readonly uploader: string;
    /**
     * Names of the chunks of the index. Others may stand in the index of an earlier epoch, a copy of which
     * may come back, and no canary of this one would stop it.
     */
    readonly names: ReadonlySet<string>;
  };
}

/** What `gc` would do with one host. */
export interface GcPlan {
  readonly host: string;
  /** Why nothing may be deleted: chunks and attempts are empty then. */
  readonly refusal?: GcRefusal;
  /** Chunks that no archive needs. */
  readonly chunks: readonly ListedChunk[];
  /** Of these, the names to strike from the chunk index first: it believes that their holds last. */
  readonly strike: readonly string[];
  /** Attempts whose records go, after the chunks. */
  readonly attempts: readonly GarbageAttempt[];
  /** Bytes of the chunks and records that go now. */
  readonly freedBytes: number;
  /** Bytes of the chunks that only deleted archives still hold, */
  readonly laterBytes: number;
  /** and when the last of them may go. */
  readonly laterAfter?: Date;
  /** Bytes of the chunks that no head names and that are too young to be garbage: a run may be naming them. */
  readonly youngBytes: number;
  /** Why `lock` frees nothing at once: another uploader's archive holds chunks of this host. */
  readonly otherUploader?: ArchiveId;
}

/**
 * - `expired`: its head has no marker, and its hold has run out
 * - `released`: its head has no marker, and nothing is left for it to hold
 * - `broken-off`: it has neither head nor marker, and is older than the longest run
 * - `hidden`: a plain list shows nothing of it: what an earlier delete left in a bucket that keeps versions
 */
export interface GarbageAttempt extends ListedAttempt {
  readonly reason: "expired" | "released" | "broken-off" | "hidden";
}

/**
 * Why gc touches nothing of a host: what holds chunks is not known.
 *
 * - `bad-head`: an archive.json can't be read
 * - `no-head`: a marker is there without its archive.json
 * - `not-verified`: a marker does not verify
 */
export interface GcRefusal {
  readonly kind: "bad-head" | "no-head" | "not-verified";
  readonly archive: ArchiveId;
  readonly reason: string;
  /** Where waiting helps: then every hold that it may have had has run out. */
  readonly until?: Date;
}

/** What `collect` did. */
export interface GcOutcome {
  /** Objects that were deleted; with `purgeVersions`, versions. */
  readonly deleted: number;
  readonly freedBytes: number;
  /** What stayed, and why. Unless empty, the next gc goes on. */
  readonly failures: readonly DeleteFailure[];
  /** Why nothing was freed: the bucket keeps what is deleted. Known to a catalog that was opened with `versions`. */
  readonly keptBy?: "versioning" | "object-lock";
}
