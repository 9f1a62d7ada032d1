import { setTimeout as sleep } from "node:timers/promises";
import { demand, isAmount } from "../check/demand.ts";

/** Seconds that a portion takes at the rate: ten in each 250 ms, so that none of them is without. */
const PORTION = 0.025;
/** Milliseconds that may be made up for when the process was held up, and no more: a pause is no credit. */
const CATCH_UP = 50;
/** Bytes a second: with less, a body would never be sent, and timers overflow. */
const LEAST = 1;

/** What the time is, in milliseconds, and how to wait for it; for tests. */
export interface Clock {
  now(): number;
  wait(milliseconds: number): Promise<unknown>;
}

/**
 * Gives out portions of bytes, one after the other, at a rate that may change.
 *
 * Each portion is cut to the rate when it is asked for and keeps its time: what
 * waits when the rate drops is a fraction of a second's worth, and is not held
 * until it fits the new one.
 */
export class Pacer {
  readonly #rate: () => number | undefined;
  readonly #clock: Clock;
  /** When the line is free for the next portion. */
  #free = 0;

  /** @param rate bytes a second; undefined: no limit */
  constructor(rate: () => number | undefined, clock: Clock = REAL_CLOCK) {
    this.#rate = rate;
    this.#clock = clock;
  }

  /**
   * How many of the wanted bytes may be sent, one at least, once they may.
   *
   * @throws {StoreError} code `invalid-input`: the rate is none
   */
  async next(wanted: number): Promise<number> {
    const rate = this.#rate();
    if (rate === undefined) return wanted;
    demand(
      isAmount(rate, LEAST),
      `The upload rate is no number of bytes a second from ${LEAST} on: ${String(rate)}.`,
    );
    const length = Math.min(wanted, Math.max(1, Math.floor(rate * PORTION)));
    const now = this.#clock.now();
    const turn = Math.max(this.#free, now - CATCH_UP);
    this.#free = turn + (length / rate) * 1000;
    // Timers have whole milliseconds; what is sent too early is made up for by the next.
    if (turn - now >= 1) await this.#clock.wait(turn - now);
    return length;
  }
}

const REAL_CLOCK: Clock = {
  now: () => performance.now(),
  wait: (milliseconds) => sleep(milliseconds),
};
