import type { CallOptions } from "@backuppc-archive-s3/s3-transport";
import type { ArchiveId, Manifest } from "../archive.ts";
import type { ArchiveSummary, OpenedArchive } from "../catalog.ts";
import type { ReadableArchive } from "../readable/readable-archive.ts";
import type { Finding } from "./finding.ts";

/** What is reported of a check while it runs. */
export interface VerifyOptions extends CallOptions {
  /** Called after each archive, by host. */
  readonly onArchive?: (check: ArchiveCheck) => void;
  /** Given each manifest that was read, for a check of the data. Waited for before the next. */
  readonly onManifest?: (archive: OpenedArchive, manifest: Manifest) => void | Promise<void>;
}

/** What a check of several archives found. */
export interface VerifyReport {
  /** In the order of the archives that were asked for, grouped by host. */
  readonly archives: readonly ArchiveCheck[];
  /** Chunks that are lost or have another length, each once, with every archive that it hits: to be struck from the index. */
  readonly damaged: readonly DamagedChunk[];
}

/** What a check has found of one archive. */
export interface ArchiveCheck {
  readonly archive: ArchiveSummary;
  /** An archive of which nothing is signed, so that only its data can be checked. */
  readonly unsigned?: ReadableArchive;
  /** Unless its head could not be read, or was refused. */
  readonly opened?: OpenedArchive;
  /** Empty: all is well as far as lists and records show. */
  readonly findings: readonly Finding[];
}

/** A chunk that lists lack, or show with another length. */
export interface DamagedChunk {
  readonly host: string;
  /** Below `chunks/<host>/`. */
  readonly name: string;
  readonly kind: "missing" | "wrong-length";
  /** Of those that were checked. */
  readonly archives: readonly ArchiveId[];
}
