import type { CallOptions } from "@backuppc-archive-s3/s3-transport";
import type { ArchiveId, Head } from "../archive.ts";
import type { TrustState } from "../trust.ts";

/** How an inventory is taken. */
export interface InventoryOptions extends CallOptions {
  /** Count versions that a plain list does not show, too. Needs a catalog that was opened with `versions`. */
  readonly purgeVersions?: boolean;
  /** Called with each key among the host's records and chunks that the program did not create. */
  readonly onUnknownKey?: (key: string) => void;
}

/**
 * What the store holds of one host: plain data, from which `planGc` and `assess` decide. Its chunks were
 * listed first, and its heads read after that.
 */
export interface Inventory {
  readonly host: string;
  /** By the store's clock, when the inventory was begun. */
  readonly now: Date;
  readonly chunks: readonly ListedChunk[];
  readonly attempts: readonly ListedAttempt[];
}

/** A chunk as lists show it. */
export interface ListedChunk {
  /** Below `chunks/<host>/`. */
  readonly name: string;
  /** That uploaded it, and its place there: the name taken apart. */
  readonly attempt: string;
  readonly index: number;
  /** Bytes; where a plain list does not show it, of its youngest version. */
  readonly length: number;
  /** Bytes of its further versions; with `purgeVersions`. */
  readonly hiddenBytes?: number;
  /** When it was stored, by the store's clock, in milliseconds since 1970; of several versions the youngest. */
  readonly modifiedMs: number;
  /** Whether a plain list shows it. */
  readonly visible: boolean;
}

/** What the store holds of one attempt below `archives/`. */
export interface ListedAttempt {
  readonly id: ArchiveId;
  /** When its youngest record was stored, by the store's clock, in milliseconds since 1970. */
  readonly newestMs: number;
  /** That a plain list shows. */
  readonly records: number;
  /** Of its records; with `purgeVersions` of all their versions. */
  readonly bytes: number;
  readonly hasManifest: boolean;
  /** What the names of its markers say. */
  readonly marker?: {
    readonly status: "complete" | "partial";
    /** When it was stored, by the store's clock. */
    readonly finished: Date;
  };
  /** Undefined: it has no archive.json. */
  readonly head?: ListedHead;
}

/** An archive.json as it was found. */
export type ListedHead = {
  /** When it was stored, by the store's clock, in milliseconds since 1970. */
  readonly modifiedMs: number;
} & (
  | {
      readonly state: "read";
      readonly head: Pick<
        Head,
        "uploader" | "started" | "finished" | "status" | "storedBytes" | "holdUntil" | "keeps"
      >;
      readonly trust: TrustState;
    }
  | { readonly state: "unreadable"; readonly reason: string }
);
