import type { Member } from "./tar/member.ts";

/** Gives memory for a chunk of at most so many bytes; the chunk is a view of its start. */
export type Allocate = (length: number) => Uint8Array | Promise<Uint8Array>;

/** Where a tar is cut, and into what memory. */
export interface CutOptions {
  /**
   * 32 random bytes. They decide where cuts are, so the same tree is cut in the
   * same places only with the same key, and the lengths of chunks reveal nothing
   * to anyone without it.
   */
  readonly key: Uint8Array;
  /** Length of an average chunk, in bytes: 65,536 to 33,554,432. */
  readonly mean: number;
  /**
   * No chunk is longer, in bytes: 512 or more. Unless given, and at most, twice
   * the mean. A smaller value lowers the mean to its half.
   */
  readonly most?: number;
  /**
   * Gives the memory of each chunk, new memory unless given. It is called once
   * a chunk, for the length of the longest one, when there is a byte to put in
   * and the chunk before has been handed out. Reading waits for it.
   */
  readonly allocate?: Allocate;
  /** Receives every member in tar order when its headers have been read, before the chunk that ends after them is handed out. */
  readonly onMember?: (member: Member) => void;
  /**
   * Ends the chunks with its reason at once, even while the source or `allocate`
   * keeps them waiting. The source's iterator is asked to return, but nothing
   * waits for it: a stream that says nothing has to be destroyed by its owner.
   */
  readonly signal?: AbortSignal;
}
