import type { ObjectStore } from "@backuppc-archive-s3/s3-transport";
import type { ArchiveWriter } from "./archive-writer.ts";

export interface ArchiveWriterOptions {
  /** What every key of this store starts with, such as `site-a/`; `""` if left out. */
  readonly prefix?: string;
}

/** The writing half of the catalog in the store. Opening asks the store for nothing. */
export function openArchiveWriter(
  _store: ObjectStore,
  _options: ArchiveWriterOptions = {},
): ArchiveWriter {
  throw new Error("not yet");
}
