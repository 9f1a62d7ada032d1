/**
 * Counts the bytes in flight against the one knob, `memory`.
 *
 * The last eighth is kept for plaintext, so that a chunk can always be read on
 * and no set of half-sealed chunks can block each other.
 */
export class MemoryBudget {
  #free: number;
  readonly #kept: number;
  readonly #waiting: Turn[] = [];

  /** @param bytes of the whole budget */
  constructor(bytes: number) {
    this.#free = bytes;
    this.#kept = bytes / 8;
  }

  /** Takes bytes for plaintext, when they are free; first come, first served. */
  async take(bytes: number, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (this.#waiting.length === 0 && this.#free >= bytes) {
      this.#free -= bytes;
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const turn: Turn = {
        bytes,
        come: () => {
          signal.removeEventListener("abort", leave);
          resolve();
        },
      };
      const leave = (): void => {
        this.#waiting.splice(this.#waiting.indexOf(turn), 1);
        reject(signal.reason);
      };
      signal.addEventListener("abort", leave, { once: true });
      this.#waiting.push(turn);
    });
  }

  /** Takes bytes for a sealed chunk if they are free now; what does not fit goes to the spool. */
  takeNow(bytes: number): boolean {
    if (this.#free - bytes < this.#kept) return false;
    this.#free -= bytes;
    return true;
  }

  give(bytes: number): void {
    this.#free += bytes;
    for (;;) {
      const [next] = this.#waiting;
      if (next === undefined || next.bytes > this.#free) return;
      this.#waiting.shift();
      this.#free -= next.bytes;
      next.come();
    }
  }
}

/** Somebody who waits for bytes. */
interface Turn {
  readonly bytes: number;
  readonly come: () => void;
}
