import type { ArchiveId, ArchiveStatus } from "../archive.ts";

/** What retention decides by. `assess` makes them of an inventory. */
export interface ArchiveFacts {
  readonly id: ArchiveId;
  readonly status: ArchiveStatus;
  /** The later of started and finished, by the store's clock; of an incomplete one its start. */
  readonly time: Date;
  /** Who wrote it; undefined where that is not verified. */
  readonly uploader?: string;
  /** `legacy`: of the Python program, which signed nothing. */
  readonly trust: "verified" | "unverified" | "legacy";
  /** Manifest or a chunk is missing, or chunks have other lengths in lists, or the head can't be read. */
  readonly damaged: boolean;
  /** It has two markers. */
  readonly ambiguous: boolean;
}
