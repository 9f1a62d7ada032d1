/** Bytes of `memory` that a thread is worth: with less for each, threads would only wait for chunks. */
const FOR_A_THREAD = 67_108_864;
/** Threads that fit into what the program takes beside `memory`, and bytes of each further one. */
const THREADS_BESIDE = 4;
const THREAD = 12_582_912;

export interface MemoryBudget {
  /** Threads to encrypt in. */
  readonly workers: number;
  /** Bytes for chunks. */
  readonly chunks: number;
}

/** What `memory` bytes are enough for: docs/memory.md has the formula. */
export function memoryBudget(memory: number, workers: number): MemoryBudget {
  const most = Math.max(1, Math.min(workers, Math.floor(memory / FOR_A_THREAD)));
  const further = Math.max(0, most - THREADS_BESIDE);
  return { workers: most, chunks: memory - further * THREAD };
}
