import type { StoreError } from "@backuppc-archive-s3/s3-transport";
import { duration } from "./progress.ts";

export interface OutageOptions {
  /** Seconds that an upload waits for a store that went away. */
  readonly patience: number;
  /** Gets a line when the waiting begins, and one when the store is back. */
  readonly say: (line: string) => void;
  /** Seconds, by a clock that nobody sets; for tests. */
  readonly now?: () => number;
}

/** Follows whether the store answers, by what becomes of each upload. */
export class Outage {
  readonly #patience: number;
  readonly #say: (line: string) => void;
  readonly #now: () => number;
  /** A store that has never answered may be the wrong one: nobody is to wait for that. */
  #wasThere = false;
  #since: number | undefined;
  #isReported = false;

  constructor({ patience, say, now = () => performance.now() / 1000 }: OutageOptions) {
    this.#patience = patience;
    this.#say = say;
    this.#now = now;
  }

  answered(): void {
    if (this.#isReported) this.#say(`the store is back after ${duration(this.seconds())}`);
    this.#wasThere = true;
    this.#since = undefined;
    this.#isReported = false;
  }

  failed(): void {
    this.#since ??= this.#now();
  }

  /** For how many seconds the store has not answered; 0 where it does. */
  seconds(): number {
    return this.#since === undefined ? 0 : this.#now() - this.#since;
  }

  /** Milliseconds for which an upload that failed so is tried on. */
  patience({ message }: StoreError): number {
    if (!this.#wasThere) return 0;
    if (!this.#isReported && this.#patience > 0)
      this.#say(
        `the store is away, and the archive waits for ${duration(this.#patience)} at most: ${message}`,
      );
    this.#isReported = this.#patience > 0;
    return this.#patience * 1000;
  }
}
