/** 1 MiB: encryption and hashing are fastest at it, within the CPU's caches. */
export const BLOCK = 1_048_576;

/** Blocks on their way through one compression and one sealing: two windows of four, and those in hand. */
const SEALING = 12;
/** What a thread's cipher leaves behind before it is collected, in blocks: measured, docs/memory.md. */
const UNCOLLECTED = 16;
/** What comes and goes beside the blocks, from the spool, the sockets and Node itself, in blocks: measured as well. */
const BESIDE = 72;
/** Of the shared blocks, where nobody knows how long a sealed chunk is. */
const FOR_HELD = 0.6;
/** Blocks of the memory that a thread is worth: with less for each, threads would only wait for blocks. */
const FOR_A_WORKER = 64;
/** Blocks of plaintext that bridge what the reading thread is busy with meanwhile, such as an upload. */
const BRIDGE = 20;

/** What `memory` bytes are enough for, one of each at least. */
export interface MemoryBudget {
  /** Encryption threads. */
  readonly workers: number;
  /** Blocks that may hold plaintext that waits. */
  readonly plain: number;
  /** Blocks that may hold sealed bytes that wait. */
  readonly held: number;
}

export interface MemoryUse {
  /** Bytes. */
  readonly memory: number;
  /** Threads, if they get the memory that they need. */
  readonly workers: number;
  /** Bytes of the tar stream in a chunk. */
  readonly chunkSize: number;
  readonly compressed: boolean;
}

/**
 * Shares the memory out. Both shares are fixed, so no set of chunks can block
 * each other: a chunk can always be read on and sealed.
 *
 * A chunk that is not compressed is sealed faster than most disks write: a
 * further thread, whose chunk then has to go to the spool, costs more than it
 * brings. So there are only as many as can have their chunk in memory, beside one that is being stored.
 */
export function memoryBudget({ memory, workers, chunkSize, compressed }: MemoryUse): MemoryBudget {
  const blocks = Math.floor(memory / BLOCK);
  const most = Math.max(1, Math.min(workers, Math.floor(blocks / FOR_A_WORKER)));
  const shared = (count: number): number =>
    Math.max(2, blocks - BESIDE - (SEALING + UNCOLLECTED) * count);
  if (compressed) {
    const held = Math.max(1, Math.round(shared(most) * FOR_HELD));
    return { workers: most, plain: shared(most) - held, held };
  }
  const chunk = Math.ceil(chunkSize / BLOCK) + 1;
  // While one chunk is sealed, half of the next one arrives.
  const plainFor = (count: number): number => BRIDGE + ((count - 1) * chunk) / 2;
  let count = most;
  while (count > 1 && (count + 1) * chunk + plainFor(count) > shared(count)) count -= 1;
  const plain = Math.min(Math.ceil(plainFor(count)), Math.ceil(shared(count) / 2));
  return { workers: count, plain, held: shared(count) - plain };
}
