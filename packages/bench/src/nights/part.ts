import type { LivingTree } from "./living-tree.ts";
import type { Seeded } from "./seeded.ts";

/** One kind of data in the tree, and how it changes from night to night. */
export interface Part {
  /** Of the tree's bytes, from 0 to 1. */
  readonly share: number;
  /** Writes so many bytes, about; gives what happens between one night and the next. */
  readonly begin: (tree: LivingTree, seeded: Seeded, bytes: number) => Promise<NextDay>;
}

/** @param night the one that follows, 2 for the first call */
export type NextDay = (night: number) => Promise<void>;
