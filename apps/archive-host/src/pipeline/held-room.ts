/**
 * Milliseconds. Where the store takes 64 MiB in less, a chunk is better sealed a moment later than written to
 * the spool and read again; where it does not, there is time enough to do that.
 */
const PATIENCE = 1000;

/** Room in memory for sealed blocks, until their chunk is stored. */
export class HeldRoom {
  #free: number;
  /** Chunks that are in memory whole, so that their upload will make room. */
  #whole = 0;
  readonly #waiting = new Set<() => void>();

  constructor(blocks: number) {
    this.#free = blocks;
  }

  /** Room for a block, if there is any. */
  take(): boolean {
    if (this.#free === 0) return false;
    this.#free -= 1;
    return true;
  }

  /**
   * Room for a block, even if a chunk has to be stored first, unless that takes too long.
   *
   * @throws the signal's reason
   */
  async takeSoon(signal: AbortSignal): Promise<boolean> {
    if (this.take()) return true;
    const patience = AbortSignal.timeout(PATIENCE);
    while (!this.take()) {
      if (this.#whole === 0 || patience.aborted) return false;
      await this.#more([patience, signal]);
      signal.throwIfAborted();
    }
    return true;
  }

  /** A chunk has all of its blocks here. */
  holdsWhole(): void {
    this.#whole += 1;
  }

  /** That chunk has been stored, or given up. */
  releases(blocks: number): void {
    this.#whole -= 1;
    this.giveBack(blocks);
  }

  giveBack(blocks: number): void {
    this.#free += blocks;
    for (const wake of this.#waiting) wake();
  }

  /** Waits until there is more room, or one of the signals comes. */
  async #more(ends: readonly AbortSignal[]): Promise<void> {
    await new Promise<void>((resolve) => {
      const wake = (): void => {
        this.#waiting.delete(wake);
        for (const end of ends) end.removeEventListener("abort", wake);
        resolve();
      };
      this.#waiting.add(wake);
      for (const end of ends) end.addEventListener("abort", wake);
      if (ends.some((end) => end.aborted)) wake();
    });
  }
}
