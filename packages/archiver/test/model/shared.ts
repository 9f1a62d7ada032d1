import type { MemoryObject } from "@backuppc-archive-s3/s3-transport/memory";
import type { Scheduler } from "./scheduler.ts";

/** Which of the rules that keep archives whole is left out. */
export const RULES = [
  "names are unique",
  "heads hold their chunks",
  "the time is checked before the head",
  "the time is checked before the marker",
  "young chunks stay",
  "a canary is put before held chunks go",
] as const;

export type LeftOut = (typeof RULES)[number];

export const HOST = "gandalf";

/** Fingerprints of the signing keys of two installations. */
export const OWN: string = "A".repeat(40);
export const OTHER: string = "B".repeat(40);

/** What everybody in a world shares. */
export interface World {
  readonly scheduler: Scheduler;
  readonly random: () => number;
  readonly objects: Map<string, MemoryObject>;
  readonly leftOut: LeftOut | undefined;
  readonly tally: Tally;
  /** Folders whose index somebody is at work on. */
  readonly locked: Set<string>;
}

export interface Tally {
  archives: number;
  reused: number;
  uploaded: number;
  deletedChunks: number;
  crashes: number;
  refusedHeads: number;
  /** How often the store was emptied. */
  emptied: number;
}
