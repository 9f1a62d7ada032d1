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

/** Follows whether the store answers, by what becomes of each upload: it may fail, or hang. */
export class Outage {
  readonly #patience: number;
  readonly #say: (line: string) => void;
  readonly #now: () => number;
  /** A store that has never answered may be the wrong one: nobody is to wait for that. */
  #wasThere = false;
  #since: number | undefined;
  #isReported = false;
  /** Uploads that wait for the store. */
  #waiting = 0;
  /** When one of them last began, or got on. */
  #movedAt = 0;

  constructor({ patience, say, now = () => performance.now() / 1000 }: OutageOptions) {
    this.#patience = patience;
    this.#say = say;
    this.#now = now;
  }

  /** An upload asks something of the store: to take bytes, or for its answer. */
  asks(): void {
    this.#waiting += 1;
    this.#movedAt = this.#now();
  }

  /** An upload has what it asked for. */
  rests(): void {
    this.#waiting -= 1;
    this.#movedAt = this.#now();
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
    const since = this.#since ?? (this.#waiting > 0 ? this.#movedAt : undefined);
    return since === undefined ? 0 : this.#now() - since;
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
