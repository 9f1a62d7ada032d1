/** 1 MiB: encryption and hashing are fastest at it, within the CPU's caches. */
export const BLOCK = 1_048_576;

/** Blocks on their way through one compression and one sealing: two windows of four, and those in hand. */
const SEALING = 12;
/** What a thread's cipher leaves behind before it is collected, in blocks: measured, docs/memory.md. */
const UNCOLLECTED = 16;
/** What comes and goes beside the blocks, from the spool, the sockets and Node itself, in blocks: measured as well. */
const BESIDE = 72;
/** Of the shared blocks: a chunk of 64 MiB is held whole with the usual memory and two threads. */
const FOR_HELD = 0.6;
/** Blocks of the memory that a thread is worth: with less for each, threads would only wait for blocks. */
const FOR_A_WORKER = 64;

/** How many blocks may hold plaintext that waits, and how many sealed bytes that wait. */
export interface BlockShares {
  readonly plain: number;
  readonly held: number;
}

/**
 * What `memory` bytes are enough for, one of each at least. Both shares are
 * fixed, so no set of chunks can block each other: a chunk can always be read
 * on and sealed.
 */
export function blockShares(memory: number, workers: number): BlockShares {
  const blocks = Math.floor(memory / BLOCK) - BESIDE;
  const shared = Math.max(2, blocks - (SEALING + UNCOLLECTED) * workers);
  const held = Math.max(1, Math.round(shared * FOR_HELD));
  return { plain: shared - held, held };
}

/** How many encryption threads `memory` bytes are enough for, up to `wanted`, one at least. */
export function workersWithin(memory: number, wanted: number): number {
  return Math.max(1, Math.min(wanted, Math.floor(memory / BLOCK / FOR_A_WORKER)));
}
