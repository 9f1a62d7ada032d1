import { setTimeout as sleep } from "node:timers/promises";

/** What may be made up for after a pause, in milliseconds: a timer's own lateness, and no more. */
const CREDIT = 10;

/** A token bucket that holds next to nothing: bytes go at a rate, first come, first served. */
export class Pace {
  readonly #rate: number;
  /** When the line is free again. */
  #free = 0;

  /** @param rate bytes a second */
  constructor(rate: number) {
    this.#rate = rate;
  }

  /** Resolves when so many bytes have had their time on the line. */
  async take(bytes: number): Promise<void> {
    const now = performance.now();
    this.#free = Math.max(this.#free, now - CREDIT) + (bytes / this.#rate) * 1000;
    if (this.#free > now) await sleep(this.#free - now);
  }
}
